import type { GatewayTargetDeclaration } from "../../../topology";
import type { TargetConnector } from "./target-connector";
import { refusal } from "../refusal";

/** The connectors by what a target's configuration names: `mcpServer`, `lambda`, … */
export class TargetConnectors {
  constructor(private readonly byKind: Readonly<Record<string, TargetConnector>>) {}

  /** @throws NotEmulated for a kind that is not emulated */
  of({ targetKind }: GatewayTargetDeclaration): TargetConnector {
    const connector = Object.hasOwn(this.byKind, targetKind) ? this.byKind[targetKind] : undefined;
    if (!connector) throw refusal("target-kind", `Targets of the kind ${targetKind} are not emulated.`);
    return connector;
  }
}
