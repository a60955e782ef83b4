import type { GatewayTargetDeclaration } from "../../../topology";
import { AwsError } from "../errors";
import type { TargetConnector } from "./target-connector";

/** The connectors by what a target's configuration names: `mcpServer`, `lambda`, … */
export class TargetConnectors {
  constructor(private readonly byKind: Readonly<Record<string, TargetConnector>>) {}

  /** @throws AwsError ValidationException for a kind that is not emulated */
  of({ targetKind }: GatewayTargetDeclaration): TargetConnector {
    const connector = Object.hasOwn(this.byKind, targetKind) ? this.byKind[targetKind] : undefined;
    if (!connector) throw new AwsError("ValidationException", `Targets of the kind ${targetKind} are not emulated.`);
    return connector;
  }
}
