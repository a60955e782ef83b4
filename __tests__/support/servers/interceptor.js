/** An interceptor that does to a call what its arguments `before` and `after` say. */
exports.handler = async ({ mcp }) => {
  const { gatewayRequest, gatewayResponse } = mcp;
  const { before = "pass", after = "pass" } = gatewayRequest.body.params?.arguments ?? {};
  return gatewayResponse ? response(after, gatewayResponse, mcp) : request(before, gatewayRequest, mcp);
};

const output = (mcp) => ({ interceptorOutputVersion: "1.0", mcp });

const told = (id, text) => ({ jsonrpc: "2.0", id, result: { content: [{ type: "text", text }], isError: false } });

const failures = {
  fail: () => {
    throw new Error("secret detail");
  },
  slow: () => new Promise((resolve) => setTimeout(resolve, 60_000)),
  malformed: () => "no object",
  version: () => ({ interceptorOutputVersion: "2.0", mcp: {} }),
};

function request(behaviour, { headers, body }, mcp) {
  const { id, params } = body;
  switch (behaviour) {
    case "pass":
      return output({ transformedGatewayRequest: { body } });
    case "change":
      return output({
        transformedGatewayRequest: {
          body: { ...body, params: { ...params, arguments: { ...params.arguments, a: 40 } } },
        },
      });
    case "authorize":
      return output({
        transformedGatewayRequest: { headers: { Authorization: "Token of-mine", "X-Tenant": "green" }, body },
      });
    case "deny":
      return output({
        transformedGatewayResponse: {
          statusCode: 403,
          headers: { "X-Denied-By": "interceptor", "Content-Length": "1" },
          body: { jsonrpc: "2.0", id, error: { code: -32001, message: "Not you" } },
        },
      });
    case "tell":
      return output({ transformedGatewayResponse: { body: told(id, JSON.stringify({ mcp, headers })) } });
    case "bodiless":
      return output({ transformedGatewayRequest: { headers: { "X-Tenant": "green" } } });
    case "header":
      return output({ transformedGatewayRequest: { headers: { Authorization: "a\r\nX-Other: b" }, body } });
    case "empty":
      return output({});
    default:
      return failures[behaviour]();
  }
}

function response(behaviour, { statusCode, body }, mcp) {
  switch (behaviour) {
    case "pass":
      return output({ transformedGatewayResponse: { statusCode, body } });
    case "change":
      return output({
        transformedGatewayResponse: { statusCode, body: { ...body, result: { content: [], isError: false } } },
      });
    case "tell":
      return output({ transformedGatewayResponse: { statusCode, body: told(body.id, JSON.stringify(mcp)) } });
    case "status":
      return output({ transformedGatewayResponse: { statusCode: 404 } });
    case "header":
      return output({ transformedGatewayResponse: { statusCode, headers: { "X Other": "a" }, body } });
    case "empty":
      return output({});
    default:
      return failures[behaviour]();
  }
}
