import {
  type Backend,
  backendOf,
  type Documents,
  type GatewayTargetDeclaration,
  groupOf,
  TargetDocumentError,
} from "../../../topology";
import type { Trace } from "../../trace/hop-record";
import { checkCredential } from "./outbound/credential-check";
import { documentRefused, httpOnMcpGateway, mcpWithoutProtocol, targetKindNotEmulated } from "./errors";
import type { Gateway } from "./gateways";
import type { LiveRequest } from "./catalogue/offerings";
import type { Target } from "./target";
import type { Catalogue, InputRequired, LiveList, TargetConnector, ToolCall, ToolResult } from "./target-connector";
import { noTools } from "./target-errors";

type Connectors = { readonly [S in Backend["speaks"]]: TargetConnector<Backend & { speaks: S }> };

interface Connection {
  readonly connector: TargetConnector;
  readonly backend: Backend;
}

/** The connectors by how a gateway speaks to what stands behind a target. */
export class TargetConnectors {
  constructor(
    private readonly documents: Documents,
    private readonly connectors: Connectors,
  ) {}

  /** @throws NotEmulated for a kind that is not emulated, AwsError ValidationException */
  validate(gateway: Gateway, declaration: GatewayTargetDeclaration): void {
    const { connector, backend } = this.connect(declaration);
    checkProtocol(gateway, declaration);
    checkCredential(gateway, declaration);
    connector.validate?.(gateway, declaration, backend);
  }

  /** @throws TargetError, AwsError */
  synchronize(gateway: Gateway, target: Target, trace: Trace): Promise<Catalogue> {
    const { connector, backend } = this.connect(target.declaration);
    return connector.synchronize(gateway, target, backend, trace);
  }

  /** @throws TargetError, AwsError */
  callTool(gateway: Gateway, target: Target, call: ToolCall, trace: Trace): Promise<ToolResult | InputRequired> {
    const { connector, backend } = this.connect(target.declaration);
    if (!connector.callTool) throw noTools();
    return connector.callTool(gateway, target, backend, call, trace);
  }

  /** Reads one list of a target that is asked for each anew. @throws TargetError, AwsError */
  async list(gateway: Gateway, list: LiveList, trace: Trace): Promise<void> {
    const { connector, backend } = this.connect(list.target.declaration);
    await connector.list?.(gateway, list, backend, trace);
  }

  /** @throws TargetError, AwsError */
  async ask(gateway: Gateway, request: LiveRequest, trace: Trace): Promise<object> {
    const { connector, backend } = this.connect(request.target.declaration);
    return (await connector.ask?.(gateway, request, backend, trace)) ?? {};
  }

  private connect(declaration: GatewayTargetDeclaration): Connection {
    const backend = readBackend(declaration, this.documents);
    if (backend) return { connector: this.connectors[backend.speaks], backend };
    throw targetKindNotEmulated(declaration.targetKind);
  }
}

function checkProtocol({ declaration: { protocolType } }: Gateway, { targetKind }: GatewayTargetDeclaration): void {
  const isHttp = groupOf(targetKind) === "http";
  if (isHttp && protocolType !== undefined) throw httpOnMcpGateway(protocolType);
  if (!isHttp && protocolType === undefined) throw mcpWithoutProtocol(targetKind);
}

function readBackend(declaration: GatewayTargetDeclaration, documents: Documents): Backend | undefined {
  try {
    return backendOf(declaration, documents);
  } catch (error) {
    throw error instanceof TargetDocumentError ? documentRefused(error) : error;
  }
}
