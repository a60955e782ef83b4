import { RATE_LIMIT_ID } from "../../../aws/agentcore/rate-limits";
import { CLIENT_TOKEN, GATEWAY_ID } from "../../cloud/agentcore-constraints";
import { listOf, name, structure, UNBOUNDED } from "../../cloud/constraints";
import type { Gateways } from "../../cloud/gateway/gateways";
import type { RateLimit } from "../../cloud/gateway/rate-limit";
import { DECLARATION, type RateLimits } from "../../cloud/gateway/rate-limits/rate-limits";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { isoTimes } from "../protocols/times";
import { listOperation } from "./list-operation";

const RATE_LIMITS = "/gateways/:gatewayIdentifier/rate-limits";
const RATE_LIMIT = `${RATE_LIMITS}/:rateLimitId`;

const OF_GATEWAY = structure({ gatewayIdentifier: GATEWAY_ID });
const BY_ID = OF_GATEWAY.extend({ rateLimitId: name(RATE_LIMIT_ID) });
const { description, entries } = DECLARATION.shape;

/** CreateGatewayRateLimit with Get, List, Update and Delete, and BatchPutGatewayRateLimits. */
export function gatewayRateLimitOperations(gateways: Gateways, rateLimits: RateLimits): RestJsonOperation[] {
  const creation = DECLARATION.extend({ ...OF_GATEWAY.shape, clientToken: CLIENT_TOKEN });
  const batch = OF_GATEWAY.extend({ clientToken: CLIENT_TOKEN, rateLimits: listOf(DECLARATION, UNBOUNDED, 1) });
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
    listOperation("ListGatewayRateLimits", `GET ${RATE_LIMITS}`, OF_GATEWAY, 100, "rateLimits", (request) =>
      gateways.get(request.gatewayIdentifier).rateLimits.map(shape),
    ),
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

function shape(rateLimit: RateLimit): object {
  const { declaration, rateLimitId, status } = rateLimit;
  const { gatewayIdentifier, description: told, dimensionKeys, entries: own } = declaration;
  const settings = { rateLimitId, gatewayIdentifier, description: told, dimensionKeys, entries: own };
  return { ...settings, status, ...isoTimes(rateLimit) };
}
