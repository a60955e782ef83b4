import type { Permission } from "../../iam/permission";
import type { Problem } from "../../private/errors";
import { PROVIDER_RELEASES } from "../../../aws/provider-releases";
import type { NewerField } from "../../private/provider-version";
import { targetsTaking } from "../../../aws/agentcore/outbound-matrix";
import type { IHttpRuntimeTargetCredential } from "./target-credential";

/** The gateway passes its caller's token on. */
export class JwtPassthroughCredential implements IHttpRuntimeTargetCredential {
  public readonly kind = "JWT passthrough";
  public readonly targetKinds = targetsTaking(this.kind);
  public readonly authorizesHttpRuntime = true;
  /** @internal */
  public readonly block = {};
  public readonly newerFields: readonly NewerField[] = [
    {
      feature: "Passing the caller's token through",
      path: "jwt_passthrough",
      value: [{}],
      since: PROVIDER_RELEASES.callerCredentials,
    },
  ];

  public validate(): Problem[] {
    return [];
  }

  public permissions(): readonly Permission[] {
    return [];
  }
}
