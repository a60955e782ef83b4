import { dnsSuffix } from "../../aws/hosts";
import { isObject } from "../json";
import { type JsonSchema, type Location, TargetDocumentError } from "../target-kind";
import { endpointOfRules, type RuledEndpoint } from "./endpoint-rules";
import type { Shape } from "./model";

/** Where the requests to a service go, without a slash at its end, and what they are signed for. @throws TargetDocumentError */
export function endpointOf({ id, traits }: Shape, location: Location): RuledEndpoint & { readonly url: string } {
  const rules = traits["smithy.rules#endpointRuleSet"];
  const { url, ...signing }: RuledEndpoint = isObject(rules)
    ? endpointOfRules(rules, location)
    : { url: endpointOfPrefix(traits, location) };
  if (url === undefined) {
    throw new TargetDocumentError(
      `${id} has neither endpoint rules (smithy.rules#endpointRuleSet) nor an endpointPrefix (aws.api#service), and what is called then is not emulated.`,
      true,
    );
  }
  if (typeof url === "string" && URL.canParse(url) && new URL(url).protocol === "https:") {
    return { signingName: signingNameOf(traits), ...signing, url: url.replace(/\/+$/, "") };
  }
  throw new TargetDocumentError(`${id}: the endpoint ${JSON.stringify(url)} is no https:// URL.`);
}

function endpointOfPrefix(traits: JsonSchema, { region, partition }: Location): string | undefined {
  const service = traits["aws.api#service"];
  const prefix = isObject(service) ? service["endpointPrefix"] : undefined;
  return typeof prefix === "string" ? `https://${prefix}.${region}.${dnsSuffix(partition)}` : undefined;
}

/** @see https://smithy.io/2.0/aws/aws-auth.html */
function signingNameOf(traits: JsonSchema): string | undefined {
  const sigv4 = traits["aws.auth#sigv4"];
  const name = isObject(sigv4) ? sigv4["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}
