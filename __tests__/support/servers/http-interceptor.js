/** An interceptor of an HTTP target that does to a call what its body says. */
const decode = (body) => JSON.parse(Buffer.from(body, "base64"));
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64");
const output = (http) => ({ interceptorOutputVersion: "1.0", http });

let latest = {};

exports.handler = async ({ http }, { clientContext }) => {
  const { gatewayRequest, gatewayResponse } = http;
  if (gatewayRequest) latest = decode(gatewayRequest.body);
  const { before, after } = latest;
  switch (gatewayResponse ? after : before) {
    case "tell":
      return output({ transformedGatewayResponse: { body: encode({ http, custom: clientContext.custom }) } });
    case "change":
      return gatewayResponse
        ? output({
            transformedGatewayResponse: { statusCode: 202, headers: { "X-Seen": "yes" }, body: encode("changed") },
          })
        : output({
            transformedGatewayRequest: { headers: { Accept: "text/x-tenant" }, body: encode({ changed: true }) },
          });
    case "deny":
      return output({
        transformedGatewayResponse: { statusCode: 403, contentType: "text/plain", body: btoa("Not you") },
      });
    case "malformed":
      return output({ transformedGatewayRequest: { body: "no base64!" } });
    case "fail":
      throw new Error("secret detail");
    default:
      return output({});
  }
};
