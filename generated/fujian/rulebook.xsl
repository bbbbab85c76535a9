<?xml version="1.0" encoding="UTF-8"?>
<!-- The published list of a rulebook as an HTML page: what 公布 says, one section an outcome. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:r="urn:guiju:rulebook:0.2"
	exclude-result-prefixes="r">
<xsl:output method="html" encoding="UTF-8" indent="yes" doctype-system="about:legacy-compat"/>

<xsl:key name="table" match="r:table" use="@id"/>
<xsl:key name="outcome" match="r:outcome" use="concat(../@id, ' ', @id)"/>
<xsl:key name="row" match="r:row" use="@table"/>

<!-- The Chinese label, else the English one, else the id. -->
<xsl:template name="label">
	<xsl:param name="of" select="."/>
	<xsl:choose>
		<xsl:when test="$of/r:label[@xml:lang = 'zh']"><xsl:value-of select="$of/r:label[@xml:lang = 'zh']"/></xsl:when>
		<xsl:when test="$of/r:label"><xsl:value-of select="$of/r:label[1]"/></xsl:when>
		<xsl:otherwise><xsl:value-of select="$of/@id"/></xsl:otherwise>
	</xsl:choose>
</xsl:template>

<xsl:template match="/r:rulebook">
	<html lang="zh">
		<head>
			<meta name="viewport" content="width=device-width, initial-scale=1"/>
			<title>
				<xsl:call-template name="label">
					<xsl:with-param name="of" select="(r:publication | self::r:rulebook[not(r:publication)])[1]"/>
				</xsl:call-template>
			</title>
			<style>
				body { font-family: serif; line-height: 1.6; margin: 2em auto; max-width: 60em; padding: 0 1em; }
				h1 { text-align: center; font-size: 1.5em; }
				h2 { font-size: 1.2em; margin-top: 2em; }
				.head { text-align: center; }
				table { border-collapse: collapse; width: 100%; }
				th, td { border: 1px solid #444; padding: 0.3em 0.5em; text-align: left; vertical-align: top; }
				th { background: #eee; }
				.digest { color: #666; font-size: 0.7em; overflow-wrap: anywhere; }
			</style>
		</head>
		<body>
			<xsl:apply-templates select="r:publication"/>
			<xsl:if test="not(r:publication)">
				<h1><xsl:call-template name="label"/></h1>
				<p class="head">本规则书没有公布清单</p>
			</xsl:if>
			<p class="digest"><xsl:value-of select="@digest"/></p>
		</body>
	</html>
</xsl:template>

<xsl:template match="r:publication">
	<xsl:variable name="publication" select="."/>
	<xsl:variable name="decision" select="/r:rulebook/r:decision[@id = key('table', $publication/@table)/@decision]"/>
	<h1><xsl:call-template name="label"/></h1>
	<xsl:call-template name="head"/>
	<xsl:for-each select="$decision/r:outcome">
		<xsl:variable name="outcome" select="@id"/>
		<xsl:variable name="rows" select="key('row', $publication/@table)[@outcome = $outcome]"/>
		<xsl:if test="$rows">
			<section id="{$publication/@id}.{$outcome}">
				<h2><xsl:call-template name="label"/></h2>
				<table>
					<thead>
						<tr>
							<xsl:for-each select="$publication/r:column">
								<th scope="col"><xsl:value-of select="."/></th>
							</xsl:for-each>
						</tr>
					</thead>
					<tbody>
						<xsl:for-each select="$rows">
							<xsl:call-template name="row">
								<xsl:with-param name="publication" select="$publication"/>
							</xsl:call-template>
						</xsl:for-each>
					</tbody>
				</table>
			</section>
		</xsl:if>
	</xsl:for-each>
</xsl:template>

<!-- Rulebook, edition, authority, dates, clauses. -->
<xsl:template name="head">
	<p class="head">
		<xsl:call-template name="label"><xsl:with-param name="of" select="/r:rulebook"/></xsl:call-template>
	</p>
	<xsl:for-each select="/r:rulebook/r:edition">
		<p class="head">
			<xsl:text>版次：</xsl:text>
			<xsl:value-of select="@id"/>
			<xsl:if test="r:label">
				<xsl:text>　</xsl:text>
				<xsl:call-template name="label"/>
			</xsl:if>
		</p>
	</xsl:for-each>
	<xsl:if test="/r:rulebook/r:entry[@key = 'authority']">
		<p class="head">
			<xsl:text>制定机关：</xsl:text>
			<xsl:for-each select="/r:rulebook/r:entry[@key = 'authority']">
				<xsl:if test="position() != 1">、</xsl:if>
				<xsl:value-of select="."/>
			</xsl:for-each>
		</p>
	</xsl:if>
	<xsl:for-each select="/r:rulebook/r:entry[@key = 'effective'][1]">
		<p class="head"><xsl:text>施行：</xsl:text><xsl:value-of select="."/></p>
	</xsl:for-each>
	<xsl:if test="r:cite">
		<p class="head">
			<xsl:text>依据：</xsl:text>
			<xsl:for-each select="r:cite">
				<xsl:if test="position() != 1">、</xsl:if>
				<xsl:value-of select="@clause"/>
			</xsl:for-each>
		</p>
	</xsl:if>
</xsl:template>

<xsl:template name="row">
	<xsl:param name="publication"/>
	<xsl:variable name="row" select="."/>
	<tr id="{@id}">
		<xsl:for-each select="$publication/r:column">
			<xsl:variable name="column" select="."/>
			<td>
				<xsl:choose>
					<xsl:when test="@of = 'fact'"><xsl:value-of select="$row/r:cell[@fact = $column/@fact]"/></xsl:when>
					<xsl:when test="@of = 'text'"><xsl:value-of select="$row/r:text[@column = $column/@text]"/></xsl:when>
					<xsl:when test="@of = 'item'"><xsl:value-of select="$row/@item"/></xsl:when>
					<xsl:when test="@of = 'standard'"><xsl:value-of select="$row/@standard"/></xsl:when>
					<xsl:when test="@of = 'id'"><xsl:value-of select="$row/@id"/></xsl:when>
					<xsl:when test="@of = 'cites'">
						<xsl:for-each select="$row/r:cite">
							<xsl:if test="position() != 1">、</xsl:if>
							<xsl:value-of select="@clause"/>
						</xsl:for-each>
					</xsl:when>
					<xsl:otherwise>
						<xsl:call-template name="label">
							<xsl:with-param name="of" select="key('outcome', concat($row/@decision, ' ', $row/@outcome))"/>
						</xsl:call-template>
					</xsl:otherwise>
				</xsl:choose>
			</td>
		</xsl:for-each>
	</tr>
</xsl:template>
</xsl:stylesheet>
