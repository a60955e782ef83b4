/** An interceptor that does to each event of an answer what `_meta` of the call says, and counts the events of a call. */
const seen = new Map();

exports.handler = async ({ mcp: { gatewayRequest, gatewayResponse } }) => {
  const { body } = gatewayRequest;
  const { deny, fail, head, reword, tell } = body.params?._meta ?? {};
  if (!gatewayResponse) {
    const denied = { statusCode: 403, body: { jsonrpc: "2.0", id: body.id } };
    return output(deny ? { transformedGatewayResponse: denied } : { transformedGatewayRequest: { body } });
  }
  const call = JSON.stringify(gatewayRequest);
  const count = gatewayResponse.isStreamingResponse && "statusCode" in gatewayResponse ? 1 : (seen.get(call) ?? 0) + 1;
  seen.set(call, count);
  if (fail === count) throw new Error("secret detail");
  const transformed = { statusCode: gatewayResponse.statusCode, body: gatewayResponse.body };
  if (head) Object.assign(transformed, { headers: { "X-Seen": String(count) }, statusCode: count === 1 ? 200 : 500 });
  if (reword)
    transformed.body = reworded(gatewayResponse.body, (text, isResult) =>
      isResult ? `${text}, seen as event ${count}` : `${text} (event ${count})`,
    );
  if (deny) Object.assign(transformed.body, { isStreamingResponse: gatewayResponse.isStreamingResponse });
  if (tell) {
    const { body: event, ...others } = gatewayResponse;
    transformed.body = reworded(event, () => JSON.stringify({ ...others, method: event.method }));
  }
  return output({ transformedGatewayResponse: transformed });
};

const output = (mcp) => ({ interceptorOutputVersion: "1.0", mcp });

function reworded(event, say) {
  if (event.params) return { ...event, params: { ...event.params, message: say(event.params.message, false) } };
  const [first] = event.result?.content ?? [];
  if (!first) return event;
  return { ...event, result: { ...event.result, content: [{ ...first, text: say(first.text, true) }] } };
}
