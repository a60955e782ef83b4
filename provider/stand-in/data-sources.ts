import { createHash } from "node:crypto";
import { text } from "../resources/facts";
import type { DataSourceAnswer } from "./data-source-answer";
import type { ObjectValue } from "../wire/value";
import type { Account } from "../resources/account";
import { policyDocument } from "./iam-policy-document";

/** Reads a data source whose configuration is wholly known. */
export function readDataSource(type: string, config: ObjectValue, account: Account): DataSourceAnswer {
  const read = readers[type];
  if (!read) throw new Error(`The stand-in provider cannot read ${type}: add it to provider/data-sources.ts.`);
  return read(config, account);
}

const readers: Readonly<Record<string, (config: ObjectValue, account: Account) => DataSourceAnswer>> = {
  aws_caller_identity: (config, { id, partition }) => ({
    state: {
      ...config,
      id,
      account_id: id,
      arn: `arn:${partition}:iam::${id}:user/stand-in`,
      user_id: "AIDAQEAAAAAAAAAAAAAAA",
    },
  }),
  aws_ecr_image: (config, account) => {
    const registry = typeof config.registry_id === "string" ? config.registry_id : account.id;
    const region = typeof config.region === "string" ? config.region : account.region;
    const repository = text(config, "repository_name");
    const digest = `sha256:${createHash("sha256")
      .update(`${repository}:${text(config, "image_tag")}`)
      .digest("hex")}`;
    const uri = `${registry}.dkr.ecr.${region}.amazonaws.com/${repository}@${digest}`;
    return {
      state: { ...config, id: digest, registry_id: registry, image_digest: digest, image_tags: [], image_uri: uri },
    };
  },
  aws_partition: (config, { partition }) => ({
    state: { ...config, id: partition, partition, dns_suffix: "amazonaws.com", reverse_dns_prefix: "com.amazonaws" },
  }),
  aws_region: (config, { region: ours }) => {
    const region = typeof config.region === "string" ? config.region : ours;
    return {
      state: {
        ...config,
        id: region,
        region,
        name: region,
        endpoint: `ec2.${region}.amazonaws.com`,
        description: region,
      },
    };
  },
  aws_iam_policy_document: policyDocument,
};
