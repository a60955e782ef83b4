/** The 15 mistakes that were put to other tools (docs/review.md), in their order. */
export const PUT_TO_OTHERS = [
  "an HTTP runtime behind an MCP server target",
  "a runtime without a JWT authorizer behind an OAuth target",
  "an audience check of the runtime on Cognito's M2M tokens",
  "a scope that the resource server does not define",
  "an empty list of scopes",
  "an endpoint that ends in /mcp",
  "the ARN un-encoded in the endpoint",
  "an http:// endpoint",
  "no outbound authorization towards a JWT runtime",
  "an IAM credential without a service on an MCP server target",
  "an IAM credential towards a JWT runtime",
  "a discovery URL of the gateway without its ending",
  "two targets of one name",
  "a gateway name of 48 characters",
  "an image built without a platform",
] as const;
