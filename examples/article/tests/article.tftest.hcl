# Deploys the stack, calls a tool as a user would, and takes everything down again:
#
#     npx cdktf-agentcore terraform test       against the emulated account
#     terraform test                           against AWS
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
    gateway_url  = run.deploy.gateway_url
    user_pool_id = run.deploy.inbound_user_pool_id
    client_id    = run.deploy.inbound_client_id
    tool         = "add_numbers"
    arguments    = { a = 5, b = 3 }
  }
  assert {
    condition     = jsondecode(output.answer).result.structuredContent.result == 8
    error_message = "5 and 3 make 8."
  }
}
