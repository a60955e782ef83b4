import { areAlike } from "../../options";
import { isOfCloudControl, type Reference, referenceText } from "../../topology";
import { schemaOf } from "../provider-schema";
import type { Fault } from "../rule";

/**
 * What the AWS provider up to 6.66 adds to the arguments of a kind; in braces what the objects of a list have, of which
 * there is one.
 */
const COMPUTED: Readonly<Record<string, string>> = {
  aws_bedrockagentcore_agent_runtime:
    "agent_runtime_arn agent_runtime_id agent_runtime_version workload_identity_details{workload_identity_arn}",
  aws_bedrockagentcore_agent_runtime_endpoint: "agent_runtime_arn agent_runtime_endpoint_arn",
  aws_bedrockagentcore_api_key_credential_provider: "api_key_secret_arn{secret_arn} credential_provider_arn",
  aws_bedrockagentcore_gateway: "gateway_arn gateway_id gateway_url workload_identity_details{workload_identity_arn}",
  aws_bedrockagentcore_gateway_target: "target_id",
  aws_bedrockagentcore_oauth2_credential_provider: "callback_url client_secret_arn{secret_arn} credential_provider_arn",
  aws_bedrockagentcore_workload_identity: "workload_identity_arn",
};

/** What is wrong with a reference to an attribute that its kind does not have; undefined where nobody can tell. */
export function attributeFault(type: string, reference: Reference): Fault | undefined {
  const [, name = "", rest = ""] = /^(\w+)(.*)$/.exec(reference.attribute) ?? [];
  const schema = Object.hasOwn(COMPUTED, type) ? schemaOf(type) : undefined;
  if (name === "" || schema === undefined || isOfCloudControl(reference.address)) return undefined;
  const computed = computedOf(type);
  const text = referenceText(reference);
  const names = [...computed.keys(), ...schema.members.keys(), "tags_all"];
  if (!names.includes(name)) {
    const meant = names.find((own) => areAlike(own, name) || own.endsWith(`_${name}`));
    return noAttribute(text, type, meant);
  }
  const inner = computed.get(name);
  if (inner === undefined || isOfList(rest, inner)) return undefined;
  return {
    message: `${text} is nothing that Terraform finds: ${name} is a list of one object, which has ${inner}.`,
    fix: `Write ${name}[0].${inner}.`,
  };
}

/** Each name, with what the objects have where it is a list. */
function computedOf(type: string): ReadonlyMap<string, string | undefined> {
  const found = (COMPUTED[type] ?? "").matchAll(/(\w+)(?:\{(\w+)\})?/g);
  return new Map(Array.from(found, ([, name = "", inner]) => [name, inner]));
}

/** The list itself, an object of it, or what that has. */
function isOfList(steps: string, inner: string): boolean {
  return steps === "" || /^\[[^\]]*\](?!\.)/.test(steps) || steps.endsWith(`].${inner}`);
}

/** A later release may have more. */
function noAttribute(text: string, type: string, meant: string | undefined): Fault {
  const message = `${text} is no attribute of ${type} in the AWS provider up to 6.66, and Terraform refuses what its provider does not have.`;
  if (meant !== undefined) return { message, fix: `Write ${meant}.` };
  return { message, fix: "Use another, or see that your release of the provider has it.", severity: "warning" };
}
