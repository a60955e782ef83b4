import { problem, quote } from "./problem";

export const interceptorTaken = (point: string) =>
  problem(
    "TOO_MANY_ENTRIES",
    `The gateway has more than one ${point} interceptor, and AWS takes one: put what they do into one function.`,
  );

export const listingNotSearchable = () =>
  problem(
    "ARGUMENTS_CONFLICT",
    "listingMode DYNAMIC keeps no list of tools in the gateway, and the gateway's semantic search needs one: give the " +
      "gateway GatewayProtocol.mcp({ searchType: McpGatewaySearchType.NONE }), or leave listingMode out.",
  );

export const listingWithoutUser = () =>
  problem(
    "ARGUMENTS_CONFLICT",
    "listingMode DYNAMIC asks the server for its tools in each user's name, which AWS does not do with the OAuth " +
      "authorization code grant: leave listingMode out.",
  );

export const invalidResourceConfiguration = (value: string) =>
  problem(
    "ARN_INVALID",
    `The VPC Lattice resource configuration ${quote(value)} is neither an id nor an ARN: use one like ` +
      '"rcfg-0123456789abcdef0".',
  );

export const invalidIpAddressType = (value: string) =>
  problem(
    "VALUE_OUT_OF_RANGE",
    `The address type ${quote(value)} of the private endpoint is not known: use "IPV4" or "IPV6".`,
  );
