# Deploys the stack, calls a tool with the AWS credentials that deployed it, and takes everything down again:
#
#     npx cdktf-agentcore terraform test       against the emulated account
#     terraform test                           against AWS, with keys in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY
#
# The folder `tests` lies beside the stack's configuration.

run "deploy" {
  assert {
    condition     = can(regex("/mcp$", output.gateway_url))
    error_message = "The gateway's URL ends in /mcp."
  }
}

run "call_a_tool" {
  module {
    source = "./tests/call"
  }
  variables {
    gateway_url = run.deploy.gateway_url
    tool        = "multiply_numbers"
    arguments   = { a = 5, b = 3 }
  }
  assert {
    condition     = jsondecode(output.answer).result.structuredContent.result == 15
    error_message = "5 times 3 is 15."
  }
}
