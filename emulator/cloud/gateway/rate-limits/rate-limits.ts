import * as facts from "../../../../aws/agentcore/rate-limits";
import type { GatewayRateLimitDeclaration } from "../../../../topology";
import { checkMembers } from "../../agentcore-constraints";
import { listOf, mapOf, name, number, oneOf, structure, text } from "../../constraints";
import type { Environment } from "../../environment";
import { enforceQuota } from "../../quotas";
import { DIGITS, LOWER_CASE } from "../../random";
import { timesNow } from "../../times";
import type { Gateway, Gateways } from "../gateways";
import { idTaken, inMotion, keysTaken, notARateLimit, rateLimitUnknown } from "../errors";
import type { RateLimit } from "../rate-limit";
import { Throttle } from "../throttle";

const RATES = listOf(
  structure({ rate: number(0, facts.HIGHEST_RATE), period: oneOf(facts.RATE_PERIODS.requests) }),
  1,
  1,
);
const KEY = name(facts.DIMENSION_KEY);
const { entries, dimensionKeys, descriptionLength, valueLength } = facts.RATE_LIMIT;

/** Constraints: API reference, CreateGatewayRateLimit. */
export const DECLARATION = structure({
  rateLimitId: name(facts.RATE_LIMIT_ID).optional(),
  description: text(descriptionLength).optional(),
  dimensionKeys: listOf(KEY, dimensionKeys, 1),
  entries: listOf(
    structure({
      dimensions: mapOf(KEY, text(valueLength, undefined, 1), dimensionKeys),
      requests: RATES.optional(),
      tokens: RATES.optional(),
      connections: RATES.optional(),
    }),
    entries,
    1,
  ),
});

/** AgentCore Gateway's control plane, rate limits only. */
export class RateLimits {
  constructor(
    private readonly environment: Environment,
    private readonly gateways: Gateways,
  ) {}

  /**
   * The rate limit is CREATING at first.
   *
   * @throws AwsError ValidationException, ConflictException, ResourceNotFoundException, ServiceQuotaExceededException
   */
  create(declaration: GatewayRateLimitDeclaration): RateLimit {
    const { rateLimits } = this.gateways.settled(declaration.gatewayIdentifier, "CreateGatewayRateLimit");
    validate(declaration);
    const { rateLimitId, dimensionKeys: keys } = declaration;
    if (rateLimits.some((other) => other.rateLimitId === rateLimitId)) throw idTaken(rateLimitId ?? "");
    if (ofKeys(rateLimits, keys)) throw keysTaken(keys);
    enforceQuota("rateLimitsOfGateway", rateLimits.length);
    return this.add(rateLimits, declaration);
  }

  /** The keys stay. @throws AwsError as `create` */
  update(
    rateLimitId: string,
    {
      gatewayIdentifier,
      ...change
    }: Pick<GatewayRateLimitDeclaration, "gatewayIdentifier" | "description" | "entries">,
  ): RateLimit {
    const rateLimit = this.settled(gatewayIdentifier, rateLimitId, "UpdateGatewayRateLimit");
    const { description = rateLimit.declaration.description, entries: changed } = change;
    const declaration = { ...rateLimit.declaration, description, entries: changed };
    validate(declaration);
    return this.change(rateLimit, declaration);
  }

  /**
   * Changes those with the ids, or where none is named with the keys, and creates the others; all or none.
   *
   * @throws AwsError as `create`
   */
  put(gatewayIdentifier: string, declarations: readonly GatewayRateLimitDeclaration[]): readonly RateLimit[] {
    const { rateLimits } = this.gateways.settled(gatewayIdentifier, "BatchPutGatewayRateLimits");
    const planned = declarations.map((declaration, index) => {
      validate(declaration);
      const { rateLimitId, dimensionKeys: keys } = declaration;
      const sameId = rateLimits.find((other) => other.rateLimitId === rateLimitId);
      const same = ofKeys(rateLimits, keys);
      const existing = sameId ?? (rateLimitId === undefined ? same : undefined);
      if (existing && existing !== same) {
        throw notARateLimit(`${existing.rateLimitId} has other dimension keys, which stay`);
      }
      const others = declarations.slice(0, index);
      const isTwice = others.some((other) => facts.sameKeys(other.dimensionKeys, keys));
      if (isTwice || existing !== same) throw keysTaken(keys);
      if (rateLimitId !== undefined && others.some((other) => other.rateLimitId === rateLimitId)) {
        throw idTaken(rateLimitId);
      }
      if (existing) demandActive("BatchPutGatewayRateLimits", existing);
      return { declaration, existing };
    });
    const added = planned.filter(({ existing }) => !existing).length;
    enforceQuota("rateLimitsOfGateway", rateLimits.length + added - 1);
    return planned.map(({ declaration, existing }) =>
      existing ? this.change(existing, declaration) : this.add(rateLimits, declaration),
    );
  }

  /** It is DELETING, then gone. @throws AwsError ResourceNotFoundException, ConflictException */
  delete(gatewayIdentifier: string, rateLimitId: string): RateLimit {
    const rateLimit = this.settled(gatewayIdentifier, rateLimitId, "DeleteGatewayRateLimit");
    const { rateLimits } = this.gateways.get(gatewayIdentifier);
    rateLimit.status = "DELETING";
    setImmediate(() => rateLimits.splice(rateLimits.indexOf(rateLimit), 1));
    return rateLimit;
  }

  /** @throws AwsError ResourceNotFoundException */
  get(gatewayIdentifier: string, rateLimitId: string): RateLimit {
    return ofId(this.gateways.get(gatewayIdentifier), rateLimitId);
  }

  /** One in motion takes no change, nor does one of a gateway in motion. */
  private settled(gatewayIdentifier: string, rateLimitId: string, operation: string): RateLimit {
    const rateLimit = ofId(this.gateways.settled(gatewayIdentifier, operation), rateLimitId);
    demandActive(operation, rateLimit);
    return rateLimit;
  }

  private add(rateLimits: RateLimit[], declaration: GatewayRateLimitDeclaration): RateLimit {
    const { rateLimitId = this.environment.random.text(10, LOWER_CASE + DIGITS) } = declaration;
    const times = timesNow(this.environment.clock);
    const rateLimit: RateLimit = { rateLimitId, declaration, status: "CREATING", ...times };
    rateLimits.push(rateLimit);
    becomeActive(rateLimit);
    return rateLimit;
  }

  private change(rateLimit: RateLimit, declaration: GatewayRateLimitDeclaration): RateLimit {
    rateLimit.declaration = declaration;
    rateLimit.status = "UPDATING";
    rateLimit.updatedAt = this.environment.clock.now();
    becomeActive(rateLimit);
    return rateLimit;
  }
}

/** What was in force stays so until then. */
function becomeActive(rateLimit: RateLimit): void {
  setImmediate(() => {
    rateLimit.status = "ACTIVE";
    rateLimit.throttle = new Throttle(rateLimit.rateLimitId, rateLimit.declaration);
  });
}

function demandActive(operation: string, { status }: RateLimit): void {
  if (status !== "ACTIVE") throw inMotion(operation, status);
}

function ofId({ rateLimits }: Gateway, rateLimitId: string): RateLimit {
  const found = rateLimits.find((rateLimit) => rateLimit.rateLimitId === rateLimitId);
  if (!found) throw rateLimitUnknown(rateLimitId);
  return found;
}

function ofKeys(rateLimits: readonly RateLimit[], keys: readonly string[]): RateLimit | undefined {
  return rateLimits.find(({ declaration }) => facts.sameKeys(declaration.dimensionKeys, keys));
}

function validate(declaration: GatewayRateLimitDeclaration): void {
  checkMembers(DECLARATION, declaration);
  const fault = facts.faultOf(declaration);
  if (fault !== undefined) throw notARateLimit(fault);
}
