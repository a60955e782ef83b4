import { type ApiDocumentSettings, apiDocumentMembers, readApiDocument, readPayload } from "./api-document";
import { readOpenApi } from "./open-api/document";
import { targetKind } from "./target-kind";

/** An HTTP API with an OpenAPI schema, whose operations are the tools. */
export const openApiSchema = targetKind<ApiDocumentSettings>({
  block: "open_api_schema",
  members: apiDocumentMembers,
  read: readApiDocument,
  source: (block) => ({ payload: readPayload(block) }),
  backend: ({ inlinePayload }) => ({ speaks: "HTTP", ...readOpenApi(inlinePayload) }),
  described: (payload) => readOpenApi(payload).tools,
});
