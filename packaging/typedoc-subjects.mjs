// Sorts the reference by subject: each symbol's category is what the folder of its source is about.
import { Comment, CommentTag, Converter, ReflectionKind } from "typedoc";

const SUBJECTS = {
  "constructs/patterns": "The whole system",
  "constructs/identity": "User pools, issuers and credential providers",
  "constructs/gateway/inbound-auth": "Who may call a gateway",
  "constructs/gateway/targets": "Targets of a gateway",
  "constructs/gateway/outbound-auth": "How a gateway calls its targets",
  "constructs/gateway/policy": "Policies of a gateway",
  "constructs/gateway": "Gateways",
  "constructs/runtime": "Runtimes",
  "constructs/s3": "Runtimes",
  "constructs/iam": "Roles and grants",
  "constructs/network": "Ways into a VPC",
  "constructs/observability": "Logs and traces",
  "constructs/review": "The review at synthesis",
  "constructs/private": "Errors",
  aws: "How a gateway calls its targets",
};

export function load(application) {
  application.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (!reflection.parent?.kindOf(ReflectionKind.Project)) return;
    const [declaration] = context.getSymbolFromReflection(reflection)?.declarations ?? [];
    const path = declaration?.getSourceFile().fileName ?? "";
    const folder = Object.keys(SUBJECTS).find((each) => path.includes(`/${each}/`));
    if (folder === undefined) throw new Error(`${reflection.name} of ${path} has no subject.`);
    reflection.comment ??= new Comment();
    reflection.comment.blockTags.push(new CommentTag("@category", [{ kind: "text", text: SUBJECTS[folder] }]));
  });
}
