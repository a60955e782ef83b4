// The article's stack on the provider's bindings alone. Unlike the constructs it copies and hashes no build context.
import { App } from "cdktf";
import { ArticleStack } from "../../../__tests__/support/terraform/fixtures/article-stack";

const app = new App();
new ArticleStack(app, "m2m-auth-demo");
app.synth();
