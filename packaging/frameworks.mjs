// CDK Terrain is CDKTF's successor, with the same API under other package names, so the package has the constructs once,
// and two entries that give them the one framework or the other.
const TWINS = { cdktf: "cdktn", "@cdktf/provider-aws": "@cdktn/provider-aws" };

const FRAMEWORKS = {
  cdktf: {
    entry: "cdktf-agentcore",
    packages: "cdktf@0.21 @cdktf/provider-aws@21 constructs@10",
    otherwise: 'with CDK Terrain (cdktn), import from "cdktf-agentcore/cdktn" instead',
  },
  cdktn: {
    entry: "cdktf-agentcore/cdktn",
    packages: "cdktn@0.24 @cdktn/provider-aws@25 constructs@10.7",
    otherwise: 'with CDK for Terraform (cdktf), import from "cdktf-agentcore" instead',
  },
};

/** A framework's name of a module of CDKTF; any other module as it is. */
function nameIn(framework, specifier) {
  if (framework === "cdktf") return specifier;
  const found = Object.keys(TWINS).find((name) => specifier === name || specifier.startsWith(`${name}/`));
  return found ? TWINS[found] + specifier.slice(found.length) : specifier;
}

/**
 * Around the constructs: what they load is handed to them, what they export keeps its name in stack traces, and what programs
 * give them is looked at. V8 compiles a function in brackets at once, and not twice.
 */
export const LIBRARY_WRAPPER = {
  begin: "module.exports = ((require, module) => {",
  end: `const { guarded, ...classes } = module.exports;
for (const [name, value] of Object.entries(classes))
  if (typeof value === "function") Object.defineProperty(value, "name", { value: name });
return guarded(classes);
});`,
};

/**
 * The code of an entry to the constructs. It names each module that they load, so that bundlers find them, and each export
 * in the form in which Node.js looks for the names of a CommonJS module.
 *
 * @param framework - "cdktf" or "cdktn"
 * @param imports - of the constructs, as esbuild lists them
 * @param exported - names
 */
export function entryFor(framework, imports, exported) {
  const table = (kind, call) => {
    const paths = [...new Set(imports.filter((each) => each.kind === kind).map(({ path }) => path))].sort();
    return paths.map(
      (path) => `  ${JSON.stringify(path)}: () => ${call}(${JSON.stringify(nameIn(framework, path))}),\n`,
    );
  };
  return `"use strict";
${packageCheck(framework)}
const modules = {
${table("require-call", "require").join("")}};
const paths = {
${table("require-resolve", "require.resolve").join("")}};
const load = Object.assign((name) => modules[name](), { resolve: (name) => paths[name]() });
module.exports = require("../constructs/library.js")(load, {});
0 && (module.exports = { ${exported.join(", ")} });
`;
}

/** All that declarations say of a framework: it is the same in both, so that one set of declarations serves either. */
export const FRAMEWORK_DECLARATIONS = `/** What resources can depend on: a resource, data source or module of the program. */
export interface ITerraformDependable {
	readonly fqn: string;
}
`;

/** The text of a module's declarations, at a path in dist, with its framework's types from FRAMEWORK_DECLARATIONS. */
export function withoutFramework(path, text) {
  return text.replace(/^import .*(?<= from )"(@?cdktf[^"]*)";$/gm, (statement, specifier) => {
    if (!/^import (type )?\{ (type )?ITerraformDependable \} /.test(statement)) {
      throw new Error(`${path} names a type of one framework, so mark what needs it as @internal: ${statement}`);
    }
    const up = "../".repeat(path.split("/").length - 2) || "./";
    return statement.replace(specifier, `${up}framework`);
  });
}

/** Code that says what to install where a framework, or bindings that know AgentCore, are not there. */
function packageCheck(framework) {
  const { entry, packages, otherwise } = FRAMEWORKS[framework];
  const needed = [framework, `@${framework}/provider-aws/lib/bedrockagentcore-gateway`, "constructs"];
  return check(needed, `"${entry}" needs packages that are missing or too old: npm install ${packages}; ${otherwise}.`);
}

/** Code that says what to install where tests have no MCP client. */
export function sdkCheck() {
  const sdk = "@modelcontextprotocol/sdk";
  const needed = [`${sdk}/client/streamableHttp.js`, `${sdk}/server/streamableHttp.js`];
  return check(
    needed,
    `"cdktf-agentcore/testing" needs a package that is missing or too old: npm install -D ${sdk}@1.`,
  );
}

function check(needed, sentence) {
  return `try {
  ${JSON.stringify(needed)}.forEach((name) => require.resolve(name));
} catch {
  throw new Error(${JSON.stringify(sentence)});
}`;
}
