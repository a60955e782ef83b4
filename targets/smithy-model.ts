import { apiDocumentMembers, type DocumentSettings, documentSource, documentText, readDocument } from "./document";
import { Model } from "./smithy/model";
import { operationsOf, serviceOf } from "./smithy/service";
import { targetKind } from "./target-kind";

/** A service with a Smithy model, whose operations are the tools. */
export const smithyModel = targetKind<DocumentSettings>({
  block: "smithy_model",
  members: apiDocumentMembers,
  read: readDocument,
  source: documentSource,
  backend: (settings, documents) => serviceOf(documentText(settings, documents), documents.location()),
  described: (payload) => operationsOf(new Model(payload)),
});
