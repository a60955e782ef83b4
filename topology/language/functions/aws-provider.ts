import { failed } from "../error";
import { fixed } from "./function";

function parsed(text: string) {
  const [arn, partition = "", service = "", region = "", id = "", ...resource] = text.split(":");
  if (arn !== "arn" || resource.length === 0) throw failed(`${JSON.stringify(text)} is no ARN`);
  return { partition, service, region, account_id: id, resource: resource.join(":") };
}

function withoutPath(text: string): string {
  const { service, resource } = parsed(text);
  if (service !== "iam" || !resource.startsWith("role/")) throw failed(`${JSON.stringify(text)} is no ARN of a role`);
  return text.replace(/:role\/.*\//, ":role/");
}

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse and its siblings. */
export const awsProviderFunctions = {
  "provider::aws::arn_build": fixed(5, (args) => ["arn", ...args.values.map((_, index) => args.text(index))].join(":")),
  "provider::aws::arn_parse": fixed(1, (args) => parsed(args.text(0))),
  "provider::aws::trim_iam_role_path": fixed(1, (args) => withoutPath(args.text(0))),
};
