import { apiDocumentMembers, type DocumentSettings, documentSource, documentText, readDocument } from "./document";
import { readOpenApi } from "./open-api/document";
import { targetKind } from "./target-kind";

/** An HTTP API with an OpenAPI schema, whose operations are the tools. */
export const openApiSchema = targetKind<DocumentSettings>({
  block: "open_api_schema",
  members: apiDocumentMembers,
  read: readDocument,
  source: documentSource,
  backend: (settings, documents) => ({ speaks: "HTTP", ...readOpenApi(documentText(settings, documents)) }),
  described: (payload) => readOpenApi(payload).tools,
});
