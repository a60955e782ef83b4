// CDK Terrain is CDKTF's successor, with the same API under other package names, so the constructs for it are those for
// CDKTF with other import specifiers.
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

/** CDK Terrain's name of a module of CDKTF; undefined for any other module. */
export function twinOf(specifier) {
  const found = Object.keys(TWINS).find((name) => specifier === name || specifier.startsWith(`${name}/`));
  return found && TWINS[found] + specifier.slice(found.length);
}

/** The text of a module's declarations with CDK Terrain's specifiers. */
export function forCdkTerrain(text) {
  return text.replace(/\b(from |import\()"([^".][^"]*)"/g, (whole, before, specifier) => {
    const twin = twinOf(specifier);
    return twin ? `${before}"${twin}"` : whole;
  });
}

/** Code that says what to install where a framework, or bindings that know AgentCore, are not there. */
export function packageCheck(framework) {
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
