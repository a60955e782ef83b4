import { policyPattern, type Text } from "../../topology";
import { OPEN_WORD, readableSample, SAMPLE_SUFFIX, sampleText } from "../roles/needed-resources";
import { eachOf, type Rule } from "../rule";
import { agentCoreStatements, conditionValues, trustedRoles, type TrustedUser } from "../roles/trust";

export const trustTooNarrow: Rule = {
  id: "trust-too-narrow",
  severity: "error",
  summary: "A trust policy's aws:SourceArn fits the runtime or gateway that assumes the role.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-prerequisites-permissions.html",
  check: eachOf(trustedRoles, ({ role, user }) => {
    const statements = agentCoreStatements(role) ?? [];
    if (
      statements.length === 0 ||
      statements.some((statement) => fits(conditionValues(statement, "aws:SourceArn"), user) !== false)
    ) {
      return undefined;
    }
    return { message: whyNot(user), fix: `Write "${advised(user)}".` };
  }),
};

/** Whatever may be written instead of a region. */
const IN_REGION = /^arn:[^:]*:bedrock-agentcore:([a-z0-9-]+):/;

function whyNot({ address, kind, region }: TrustedUser): string {
  const where = region === undefined ? "" : ` in ${region}`;
  return kind === "runtime"
    ? `The aws:SourceArn of the trust policy does not fit ${address}${where} while it is created, before its ARN has an ending: "Access denied while validating ECR URI".`
    : `The aws:SourceArn of the trust policy does not fit ${address}${where}, whose ARN ends in its name in lower case and ten characters.`;
}

function advised({ kind, name, region = "<region>" }: TrustedUser): string {
  const resource = kind === "runtime" ? "*" : `gateway/${readableSample(sampleText(name)).toLowerCase()}-*`;
  return `arn:aws:bedrock-agentcore:${region}:<account>:${resource}`;
}

/** What the ARN's last part looks like; a runtime's has no random ending while its image is validated. */
function samplesOf({ kind, name }: TrustedUser): readonly string[] {
  const text = sampleText(name);
  return kind === "gateway"
    ? [`gateway/${text.toLowerCase()}-${SAMPLE_SUFFIX}`]
    : [`runtime/${text}-${SAMPLE_SUFFIX}`, `runtime/${text}`];
}

function fits(conditions: ReturnType<typeof conditionValues>, user: TrustedUser): boolean | undefined {
  const answers = conditions.flatMap(({ values }) =>
    samplesOf(user).map((sample) => anyFits(values, sample, user.region)),
  );
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function anyFits(values: readonly Text[], sample: string, region: string | undefined): boolean | undefined {
  const answers = values.map((value) => fitsPattern(sampleText(value), sample, region));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function fitsPattern(pattern: string, sample: string, region: string | undefined): boolean | undefined {
  const resource = pattern.split(":").slice(5).join(":");
  if (pattern.split(":").length < 6) return pattern.includes("*") || pattern.includes(OPEN_WORD) ? undefined : false;
  const written = IN_REGION.exec(pattern)?.[1];
  if (written !== undefined && region !== undefined && written !== region) return false;
  if (policyPattern(resource).test(sample)) return true;
  return `${resource}${sample}`.includes(OPEN_WORD) ? undefined : false;
}
