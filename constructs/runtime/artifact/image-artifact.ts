import { LOG_IN_TO_REGISTRY, PULL_IMAGE } from "../../../aws/agentcore/actions";
import type { Permission } from "../../iam/permission";
import type { BoundArtifact } from "./bound-artifact";
import type { ContainerImage } from "./container-image";

/** An image as what a runtime runs. */
export function imageArtifact({ containerUri, repositoryArn, dependencies }: ContainerImage): BoundArtifact {
  return {
    block: { containerConfiguration: [{ containerUri }] },
    permissions: repositoryArn === undefined ? [] : pullPermissions(repositoryArn),
    dependencies,
  };
}

function pullPermissions(repositoryArn: string): Permission[] {
  return [
    { sid: "PullImage", actions: [...PULL_IMAGE], resources: [repositoryArn] },
    { sid: "LogInToRegistry", actions: [LOG_IN_TO_REGISTRY], resources: ["*"] },
  ];
}
