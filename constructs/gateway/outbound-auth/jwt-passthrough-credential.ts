import type { Permission } from "../../iam/permission";
import type { Problem } from "../../private/errors";
import { type NewerField, PROVIDER_RELEASES } from "../../private/provider-version";
import type { TargetKind } from "./outbound-matrix";
import type { IHttpRuntimeTargetCredential } from "./target-credential";

/** The gateway passes its caller's token on. */
export class JwtPassthroughCredential implements IHttpRuntimeTargetCredential {
  public readonly kind = "JWT passthrough";
  public readonly targetKinds: readonly TargetKind[] = ["AgentCore Runtime (HTTP)"];
  public readonly authorizesHttpRuntime = true;
  public readonly block = {};
  public readonly newerFields: readonly NewerField[] = [
    {
      feature: "Passing the caller's token through",
      path: "jwt_passthrough",
      value: [{}],
      since: PROVIDER_RELEASES.httpTargets,
    },
  ];

  public validate(): Problem[] {
    return [];
  }

  public permissions(): readonly Permission[] {
    return [];
  }
}
