import type { Problem } from "../errors";
import { quote } from "./quote";

export function interceptorTaken(point: string): Problem {
  return {
    code: "TOO_MANY_ENTRIES",
    message: `The gateway has more than one ${point} interceptor, and AWS takes one: put what they do into one function.`,
  };
}

export function listingNotSearchable(): Problem {
  return {
    code: "ARGUMENTS_CONFLICT",
    message:
      "listingMode DYNAMIC keeps no list of tools in the gateway, and the gateway's semantic search needs one: give the " +
      "gateway GatewayProtocol.mcp({ searchType: McpGatewaySearchType.NONE }), or leave listingMode out.",
  };
}

export function listingWithoutUser(): Problem {
  return {
    code: "ARGUMENTS_CONFLICT",
    message:
      "listingMode DYNAMIC asks the server for its tools in each user's name, which AWS does not do with the OAuth " +
      "authorization code grant: leave listingMode out.",
  };
}

export function invalidResourceConfiguration(value: string): Problem {
  return {
    code: "ARN_INVALID",
    message:
      `The VPC Lattice resource configuration ${quote(value)} is neither an id nor an ARN: use one like ` +
      '"rcfg-0123456789abcdef0".',
  };
}

export function invalidIpAddressType(value: string): Problem {
  return {
    code: "VALUE_OUT_OF_RANGE",
    message: `The address type ${quote(value)} of the private endpoint is not known: use "IPV4" or "IPV6".`,
  };
}
