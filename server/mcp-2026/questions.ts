import * as z from "zod";
import { resultAnswer, type Answer } from "../answer";
import { capabilityFor } from "../calls/elicitation";
import { ProtocolError } from "../errors";
import { describeIssues } from "../issues";
import { INVALID_PARAMS } from "../json-rpc";
import { ToolError, type ClientRequest } from "../tool";
import type { ToolResult } from "../calls/tool-result";
import { MISSING_CAPABILITY, type Envelope } from "./envelope";
import type { Answers, RequestState } from "./request-state";

const RETRY = z.object({
  inputResponses: z.record(z.string(), z.looseObject({})).optional(),
  requestState: z.string().optional(),
});

/**
 * The questions of one call. A server of 2026-07-28 cannot ask: it answers `input_required`, and the client calls again
 * with what the person said. So the handler runs again, and passes the questions that are answered by now.
 */
export class Questions {
  private readonly asked = new Map<string, ClientRequest>();
  /** The answers that a handler has taken; others are dropped. */
  private readonly taken: Record<string, Record<string, unknown>> = {};
  private missingCapability?: string;

  private constructor(
    private readonly answers: Answers,
    private readonly params: Readonly<Record<string, unknown>>,
    private readonly state: RequestState,
    private readonly capabilities: Envelope["capabilities"],
  ) {}

  /** @throws ProtocolError for answers that are malformed, or a state that this server did not give for this call. */
  static of(params: Readonly<Record<string, unknown>>, state: RequestState, { capabilities }: Envelope): Questions {
    return new Questions(earlierAnswers(params, state), params, state, capabilities);
  }

  async ask(request: ClientRequest): Promise<Record<string, unknown>> {
    const { name } = request;
    const answer = Object.hasOwn(this.answers, name) ? this.answers[name] : undefined;
    if (answer !== undefined) {
      this.taken[name] = answer;
      return answer;
    }
    const capability = capabilityFor(request);
    if (this.capabilities[capability] === undefined) {
      this.missingCapability = capability;
      throw new ToolError(`This tool has to ask its client, which did not declare the capability ${capability}.`);
    }
    this.asked.set(name, request);
    throw new ToolError(`The call goes on when "${name}" is answered.`);
  }

  /**
   * What the client gets in the place of the handler's result, if a question is open.
   *
   * @throws ProtocolError when the handler failed because the client cannot be asked.
   */
  answer({ outcome }: ToolResult, serverInfo: string): Answer | undefined {
    if (this.asked.size > 0) {
      const json = JSON.stringify({
        inputRequests: Object.fromEntries(
          [...this.asked].map(([name, { method, params }]) => [name, { method, params }]),
        ),
        requestState: this.state.seal(this.taken, callText(this.params)),
      });
      return resultAnswer(`{"resultType":"input_required",${json.slice(1, -1)},${serverInfo}}`, "input required");
    }
    if (this.missingCapability !== undefined && outcome === "tool error") {
      const data = { requiredCapabilities: { [this.missingCapability]: {} } };
      const message = "The client did not declare a capability that the tool needs";
      throw new ProtocolError(MISSING_CAPABILITY, message, data, { status: 400 });
    }
    return undefined;
  }
}

function earlierAnswers(params: Readonly<Record<string, unknown>>, state: RequestState): Answers {
  if (params["inputResponses"] === undefined && params["requestState"] === undefined) return {};
  const retry = RETRY.safeParse(params);
  if (!retry.success) throw new ProtocolError(INVALID_PARAMS, `Invalid params: ${describeIssues(retry.error)}`);
  const { inputResponses, requestState } = retry.data;
  const earlier = requestState === undefined ? {} : state.open(requestState, callText(params));
  if (earlier === undefined) {
    throw new ProtocolError(INVALID_PARAMS, "Invalid params: the requestState is not one of this call");
  }
  return { ...earlier, ...inputResponses };
}

/** What a state belongs to: the tool and its arguments. */
function callText(params: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([params["name"], params["arguments"] ?? {}]);
}
