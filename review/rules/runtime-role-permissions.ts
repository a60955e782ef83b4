import { LOG_IN_TO_REGISTRY, PULL_IMAGE } from "../../aws/agentcore/actions";
import { readContainerUri } from "../../aws/agentcore/names";
import { type Runtime, type Role, Unknown } from "../../topology";
import { sole } from "../evidence/certainty";
import { type NeededResource, sampleArn, type Samples, sampleText } from "../roles/needed-resources";
import { Permissions } from "../roles/permissions";
import { regionOf } from "../evidence/regions";
import type { Rule, Subject } from "../rule";

export const runtimeRolePermissions: Rule = {
  id: "runtime-role-permissions",
  severity: "error",
  summary: "A runtime's role may pull its image.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html",
  *check(subject) {
    for (const runtime of subject.system.runtimes) {
      const role = sole(runtime.role);
      const repository = repositoryOf(runtime, subject);
      if (role === undefined || repository === undefined) continue;
      const { needed } = repository;
      const lacks = lacksOf(role, repository);
      if (lacks.length === 0) continue;
      yield {
        address: role.address,
        message: `The role of ${runtime.address} may not ${lacks.join(", ")}: "Access denied while validating ECR URI".`,
        fix: `Allow ${PULL_IMAGE.join(" and ")} on ${needed.exact}, and ${LOG_IN_TO_REGISTRY} on "*".`,
      };
    }
  },
};

interface ImageRepository {
  readonly needed: NeededResource;
  /** Undefined where it is not shown. */
  readonly region: string | undefined;
}

function lacksOf(role: Role, { needed, region }: ImageRepository): string[] {
  const samples: Samples = new Map([[needed.exact, sampleArn(needed, region)]]);
  const permissions = new Permissions(role, { samples, region });
  const all = { ...needed, resource: "*" };
  return [
    ...(permissions.allows({ action: LOG_IN_TO_REGISTRY, needed: all }) === false ? [LOG_IN_TO_REGISTRY] : []),
    ...PULL_IMAGE.filter((action) => permissions.allows({ action, needed }) === false),
  ];
}

/** Of a private registry: the public one needs no permission. Its region may be another than the runtime's. */
function repositoryOf(
  { containerUri, repository, instance }: Runtime,
  { inventory }: Subject,
): ImageRepository | undefined {
  const declared = sole(repository);
  if (declared !== undefined) {
    const name = declared.arguments.text("name");
    const exact = `${declared.address}.arn`;
    const needed = { what: declared.address, service: "ecr", resource: `repository/${sampleText(name)}`, exact };
    return { needed, region: regionOf(declared, inventory) };
  }
  if (containerUri === undefined || containerUri instanceof Unknown) return undefined;
  const image = readContainerUri(containerUri);
  if (image?.account === undefined) return undefined;
  const { repository: name, region } = image;
  const exact = `the repository ${name}`;
  return { needed: { what: instance.address, service: "ecr", resource: `repository/${name}`, exact }, region };
}
