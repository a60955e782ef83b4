import { RATE_LIMIT_ID } from "../../../aws/agentcore/rate-limits";
import { CLIENT_TOKEN, GATEWAY_ID, NEXT_TOKEN } from "../../cloud/agentcore-constraints";
import { listOf, name, structure, UNBOUNDED } from "../../cloud/constraints";
import type { Gateways } from "../../cloud/gateway/gateways";
import type { RateLimit } from "../../cloud/gateway/rate-limit";
import { DECLARATION, type RateLimits } from "../../cloud/gateway/rate-limits";
import { paginate } from "../../cloud/pagination";
import { operation, queryInteger, type RestJsonOperation } from "../protocols/aws-rest-json";
import { isoTime } from "../protocols/times";

const MOST_LISTED = 100;
const RATE_LIMITS = "/gateways/:gatewayIdentifier/rate-limits";
const RATE_LIMIT = `${RATE_LIMITS}/:rateLimitId`;

const OF_GATEWAY = structure({ gatewayIdentifier: GATEWAY_ID });
const BY_ID = OF_GATEWAY.extend({ rateLimitId: name(RATE_LIMIT_ID) });
const { description, entries } = DECLARATION.shape;

/** CreateGatewayRateLimit with Get, List, Update and Delete, and BatchPutGatewayRateLimits. */
export function gatewayRateLimitOperations(gateways: Gateways, rateLimits: RateLimits): RestJsonOperation[] {
  const creation = DECLARATION.extend({ ...OF_GATEWAY.shape, clientToken: CLIENT_TOKEN });
  const batch = OF_GATEWAY.extend({ clientToken: CLIENT_TOKEN, rateLimits: listOf(DECLARATION, UNBOUNDED, 1) });
  const listing = OF_GATEWAY.extend({ maxResults: queryInteger(1, MOST_LISTED), nextToken: NEXT_TOKEN });
  return [
    operation("BatchPutGatewayRateLimits", `PUT ${RATE_LIMITS}/batch`, 200, batch, (request) => {
      const { gatewayIdentifier } = request;
      const declarations = request.rateLimits.map((declaration) => ({ ...declaration, gatewayIdentifier }));
      return { rateLimits: rateLimits.put(gatewayIdentifier, declarations).map(shape) };
    }),
    operation("CreateGatewayRateLimit", `POST ${RATE_LIMITS}`, 201, creation, (request) =>
      shape(rateLimits.create(request)),
    ),
    operation("GetGatewayRateLimit", `GET ${RATE_LIMIT}`, 200, BY_ID, ({ gatewayIdentifier, rateLimitId }) =>
      shape(rateLimits.get(gatewayIdentifier, rateLimitId)),
    ),
    operation("ListGatewayRateLimits", `GET ${RATE_LIMITS}`, 200, listing, (request) => {
      const all = gateways.get(request.gatewayIdentifier).rateLimits;
      const { items, ...page } = paginate(all, request, { most: MOST_LISTED, refusal: "ValidationException" });
      return { ...page, rateLimits: items.map(shape) };
    }),
    operation(
      "UpdateGatewayRateLimit",
      `PATCH ${RATE_LIMIT}`,
      200,
      BY_ID.extend({ description, entries }),
      ({ rateLimitId, ...change }) => shape(rateLimits.update(rateLimitId, change)),
    ),
    operation("DeleteGatewayRateLimit", `DELETE ${RATE_LIMIT}`, 200, BY_ID, ({ gatewayIdentifier, rateLimitId }) => ({
      rateLimitId,
      status: rateLimits.delete(gatewayIdentifier, rateLimitId).status,
    })),
  ];
}

function shape({ declaration, rateLimitId, status, createdAt, updatedAt }: RateLimit): object {
  const { gatewayIdentifier, description: told, dimensionKeys, entries: own } = declaration;
  const times = { createdAt: isoTime(createdAt), updatedAt: isoTime(updatedAt) };
  return { rateLimitId, gatewayIdentifier, description: told, dimensionKeys, entries: own, status, ...times };
}
