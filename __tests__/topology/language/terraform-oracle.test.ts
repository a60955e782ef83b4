import { describeWithTerraform } from "../../support/skip";
import { deploy } from "../fake-account";
import { temporaryFolder } from "../../support/temporary-folder";
import { terraformOutputs } from "../terraform";
import { LOCALS, TEMPLATES } from "./expressions";
import { readTopology } from "../reading";

/** The locals of the table are data, not templates. */
function literal(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll("${", "$${").replaceAll("%{", "%%{")) as unknown;
}

const CONFIGURATION = {
  variable: {
    name: { default: "demo", type: "string" },
    count_text: { default: 3, type: "string" },
    flags: { default: ["true", "false"], type: "list(bool)" },
    ports: { default: ["443", "80", "443"], type: "set(number)" },
  },
  locals: literal(LOCALS),
  resource: { terraform_data: { held: { input: { key: "value of ${local.text}", list: ["a", "b"] } } } },
  output: Object.fromEntries(TEMPLATES.map((template, index) => [`t${index}`, { value: template }])),
};

describeWithTerraform("expressions, judged by terraform", () => {
  let theirs: ReturnType<typeof terraformOutputs> = {};
  let ours: Record<string, unknown> = {};

  beforeAll(() => {
    const folder = temporaryFolder({ "main.tf.json": CONFIGURATION });
    ours = deploy(readTopology(folder)).outputs;
    theirs = terraformOutputs(folder);
  });

  test.each(TEMPLATES.map((template, index) => [template, `t${index}`] as const))("%s", (_, name) => {
    // terraform leaves outputs that are null out of its answer.
    expect(ours[name]).toEqual(theirs[name]?.value ?? null);
  });
});
