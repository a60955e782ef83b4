import type { Eventual } from "../../eventual";
import type { Trace } from "../../trace/hop-record";
import { AwsError } from "../errors";
import type { Gateway } from "./gateways";
import { JsonRpcError } from "./protocol/json-rpc-errors";
import { isLive } from "./catalogue/offerings";
import { type LiveList, requestOfTarget, TargetError, traceTargetFailure } from "./target-connector";
import type { TargetConnectors } from "./target-connectors";

/** The lists that tell whether what a method names is there. */
const TELLING: ReadonlyMap<string, readonly string[]> = new Map([
  ["tools/list", ["tools/list"]],
  ["tools/call", ["tools/list"]],
  ["prompts/list", ["prompts/list"]],
  ["prompts/get", ["prompts/list"]],
  ["resources/list", ["resources/list"]],
  ["resources/templates/list", ["resources/templates/list"]],
  ["resources/read", ["resources/list", "resources/templates/list"]],
]);

/** A method, and whom it is answered for. */
type Asked = Omit<LiveList, "target">;

/** The lists of targets whose `listing_mode` is DYNAMIC: developer guide, "gateway-target-MCPservers". */
export class LiveLists {
  constructor(private readonly connectors: TargetConnectors) {}

  /** Asks the live targets for the lists that a method needs. One that fails has the list that it had: a guess. */
  async read(gateway: Gateway, { method, caller }: Asked, trace: Trace): Promise<void> {
    for (const target of gateway.targets.filter(isLive)) {
      for (const list of TELLING.get(method) ?? []) {
        const request = requestOfTarget(target, list);
        await trace.hop({ name: "target call", station: gateway.attributes.gatewayArn, request }, async (hop) => {
          try {
            await this.connectors.list(gateway, { target, method: list, caller }, hop);
          } catch (error) {
            if (!(error instanceof TargetError || error instanceof AwsError)) throw error;
            traceTargetFailure(error, hop);
          }
        });
      }
    }
  }

  /** Finds what a method names, in the lists that are known, else in new ones. @throws what `find` throws at last */
  find<T>(gateway: Gateway, asked: Asked, trace: Trace, find: () => T): Eventual<T> {
    try {
      return find();
    } catch (error) {
      if (!(error instanceof JsonRpcError) || !gateway.targets.some(isLive)) throw error;
      return this.read(gateway, asked, trace).then(find);
    }
  }
}
