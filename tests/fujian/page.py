"""The fixed ids of the Fujian rulebook, and its four decisions as plain statements. Shares nothing with the rulebook or
the compiler: what is written here was read off the measures and the modelling decisions, so that a mistake of one is
seen by the other."""

BOOLEAN, ENUMERATION, SET, INTEGER = "boolean", "enumeration", "set", "integer"
PERSONS = 2_000_000_000

SCENARIOS = {
    "clinical_trial": "pharma", "pharmacovigilance": "pharma",
    "vehicle_after_sales": "connected_vehicles", "vehicle_road_test": "connected_vehicles",
    "membership": "retail",
    "part_repair": "aviation_maintenance", "airworthiness": "aviation_maintenance",
}
SUBCLASSES = {
    "subject_health": "clinical_trial", "adverse_event": "pharmacovigilance",
    "owner_contact": "vehicle_after_sales", "road_test_imagery": "vehicle_road_test",
    "member_profile": "membership", "member_payment": "membership",
    "technician_record": "part_repair", "restricted_design_record": "airworthiness",
}
CATEGORIES = [f"c{number:02}" for number in range(1, 41)]
WITHOUT_SENTENCE = ("c06", "c12")

FACTS = {
    "registered_in_zone": (BOOLEAN, None), "ciio": (BOOLEAN, None),
    "classified": (BOOLEAN, None), "core_data": (BOOLEAN, None),
    "export_controlled": (BOOLEAN, None), "treaty_otherwise": (BOOLEAN, None),
    "category": (ENUMERATION, CATEGORIES + ["none"]),
    "matches_reference_rule": (BOOLEAN, None),
    "sector_standard": (ENUMERATION, ["unclear", "important", "not_important"]),
    "held_pi": (INTEGER, PERSONS), "held_spi": (INTEGER, PERSONS),
    "spi_contains": (SET, ["bank_account", "insurance_account", "registered_account", "diagnosis_data", "similar"]),
    "high_value_sensitive": (BOOLEAN, None), "supply_chain_security": (BOOLEAN, None),
    "control_system_data": (BOOLEAN, None),
    "sector": (ENUMERATION, ["pharma", "connected_vehicles", "retail", "aviation_maintenance", "other"]),
    "scenario": (ENUMERATION, list(SCENARIOS) + ["other"]),
    "data_subclass": (ENUMERATION, list(SUBCLASSES) + ["other"]),
    "export_pi": (INTEGER, PERSONS), "export_spi": (INTEGER, PERSONS),
    "transit_only": (BOOLEAN, None),
    "necessity": (ENUMERATION, ["none", "contract", "human_resources", "emergency"]),
    "mechanism_done": (BOOLEAN, None),
}
DISCRETION = {"matches_reference_rule", "high_value_sensitive", "supply_chain_security", "control_system_data"}

ASSESSMENT, CONTRACT = "security_assessment", "standard_contract_or_certification"
DECISIONS = {
    "governing_regime": ["secrecy_rules", "core_data_rules", "export_control_rules", "treaty_rules", "national_rules",
                         "negative_list"],
    "important_data": ["important", "not_important", "needs_determination"],
    "list_tier": [ASSESSMENT, CONTRACT, "off_list"],
    "pathway": ["separate_regime", ASSESSMENT, CONTRACT, "exempt_off_list", "exempt_national",
                "needs_determination"],
}

# Item: sub-class, counted fact, first number, first number that is too many, tier.
ITEMS = {
    "1.1": ("subject_health", "export_spi", 100_000, None, ASSESSMENT),
    "1.2": ("subject_health", "export_spi", 10_000, 100_000, CONTRACT),
    "1.3": ("adverse_event", "export_spi", 50_000, None, ASSESSMENT),
    "1.4": ("adverse_event", "export_spi", 5_000, 50_000, CONTRACT),
    "2.1": ("owner_contact", "export_pi", 2_000_000, None, ASSESSMENT),
    "2.2": ("owner_contact", "export_pi", 500_000, 2_000_000, CONTRACT),
    "2.3": ("road_test_imagery", None, 0, None, ASSESSMENT),
    "3.1": ("member_profile", "export_pi", 5_000_000, None, ASSESSMENT),
    "3.2": ("member_profile", "export_pi", 1_000_000, 5_000_000, CONTRACT),
    "3.3": ("member_payment", "export_spi", 50_000, None, ASSESSMENT),
    "3.4": ("member_payment", "export_spi", 10_000, 50_000, CONTRACT),
    "4.1": ("technician_record", "export_pi", 1_000_000, None, ASSESSMENT),
    "4.2": ("technician_record", "export_pi", 200_000, 1_000_000, CONTRACT),
    "4.3": ("restricted_design_record", None, 0, None, ASSESSMENT),
}
IMPORTANT_ITEMS = {"road_test_imagery", "restricted_design_record"}

# Every number at which some decision changes.
THRESHOLDS = {
    "held_pi": {100_000, 10_000_000}, "held_spi": {100_000, 1_000_000},
    "export_pi": {1, 100_000, 1_000_000}, "export_spi": {1, 10_000},
}
for _subclass, _fact, _low, _high, _tier in ITEMS.values():
    if _fact:
        THRESHOLDS[_fact] |= {_low} | ({_high} if _high else set())

# The least record that obeys the constraints, but for the registration.
LEAST = {"registered_in_zone": True, "ciio": False, "classified": False, "core_data": False, "export_controlled": False,
         "treaty_otherwise": False, "category": "c01", "matches_reference_rule": False, "sector_standard": "unclear",
         "held_pi": 0, "held_spi": 0, "spi_contains": [], "high_value_sensitive": False, "supply_chain_security": False,
         "control_system_data": False, "sector": "pharma", "scenario": "clinical_trial", "data_subclass": "subject_health",
         "export_pi": 0, "export_spi": 0, "transit_only": False, "necessity": "none"}


def allowed(r):
    """The constraints."""
    if r["spi_contains"] and r["held_spi"] < 1:
        return False
    if r["matches_reference_rule"] and r["category"] in WITHOUT_SENTENCE + ("none",):
        return False
    if r["scenario"] != "other" and SCENARIOS[r["scenario"]] != r["sector"]:
        return False
    return r["data_subclass"] == "other" or SUBCLASSES[r["data_subclass"]] == r["scenario"]


def governing_regime(r):
    if r["classified"]:
        return "secrecy_rules"
    if r["core_data"]:
        return "core_data_rules"
    if r["export_controlled"]:
        return "export_control_rules"
    if r["treaty_otherwise"]:
        return "treaty_rules"
    if not r["registered_in_zone"] or r["sector"] == "other":
        return "national_rules"
    return "negative_list"


def identified(r):
    """By a limb of the annex or an item of important data."""
    persons = r["held_pi"], r["held_spi"]
    return (r["data_subclass"] in IMPORTANT_ITEMS
            or persons[0] >= 10_000_000 or persons[1] >= 1_000_000
            or persons[1] >= 100_000 and bool(r["spi_contains"])
            or r["ciio"] and max(persons) >= 100_000
            or r["high_value_sensitive"] or r["supply_chain_security"] or r["control_system_data"]
            or r["matches_reference_rule"])


def important_data(r):
    if r["sector_standard"] != "unclear":
        return r["sector_standard"]
    if not r["registered_in_zone"]:
        return "not_important"
    if identified(r):
        return "important"
    return "needs_determination" if r["category"] in WITHOUT_SENTENCE else "not_important"


def list_tier(r):
    for subclass, fact, low, high, tier in ITEMS.values():
        if r["data_subclass"] == subclass and (fact is None or r[fact] >= low and (high is None or r[fact] < high)):
            return tier
    return "off_list"


def pathway(r):
    regime, data, tier = governing_regime(r), important_data(r), list_tier(r)
    listed = regime == "negative_list"
    if not listed and regime != "national_rules":
        return "separate_regime"
    if (r["transit_only"] or r["necessity"] != "none") and data != "important":
        return "exempt_national"
    national = not listed or r["scenario"] == "other"
    exports = r["export_pi"] >= 1 or r["export_spi"] >= 1
    if data == "important" or r["ciio"] and exports or listed and tier == ASSESSMENT:
        return ASSESSMENT
    if national and (r["export_pi"] >= 1_000_000 or r["export_spi"] >= 10_000):
        return ASSESSMENT
    if data == "needs_determination":
        return data
    if listed and tier == CONTRACT or national and (r["export_pi"] >= 100_000 or r["export_spi"] >= 1):
        return CONTRACT
    if listed and r["scenario"] != "other" and tier == "off_list" and not r["ciio"]:
        return "exempt_off_list"
    return "exempt_national"


DECIDERS = {"governing_regime": governing_regime, "important_data": important_data, "list_tier": list_tier, "pathway": pathway}
