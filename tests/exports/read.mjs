// Reads with what others wrote. moddle FILE…: every warning of bpmn-moddle, as JSON. conditions: from standard input
// [{script, condition, data}], to standard output [true or false], evaluated as an engine of SCXML would.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

const [what, folder, ...files] = process.argv.slice(2);

async function moddle() {
  const require = createRequire(path.join(folder, "package.json"));
  const { BpmnModdle } = await import(pathToFileURL(require.resolve("bpmn-moddle")).href);
  const said = {};
  for (const file of files) {
    const { rootElement, warnings } = await new BpmnModdle().fromXML(fs.readFileSync(file, "utf8"));
    said[file] = warnings.map((w) => w.message);
    if (rootElement.$type !== "bpmn:Definitions" || rootElement.diagrams.length !== 1) said[file].push("no diagram");
  }
  return said;
}

function conditions() {
  return JSON.parse(fs.readFileSync(0, "utf8")).map(({ script, condition, data }) =>
    vm.runInNewContext(`${script}\n(${condition})`, { _event: { data } }));
}

console.log(JSON.stringify(what === "moddle" ? await moddle() : conditions()));
