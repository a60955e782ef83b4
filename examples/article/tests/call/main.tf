# Calls a tool of a gateway with the token of a user that it makes.

variable "gateway_url" { type = string }
variable "user_pool_id" { type = string }
variable "client_id" { type = string }
variable "tool" { type = string }
variable "arguments" { type = any }

locals {
  answer = "${path.module}/answer.json"
}

resource "terraform_data" "call" {
  provisioner "local-exec" {
    command = "sh '${path.module}/call-tool.sh' > '${local.answer}'"
    environment = {
      GATEWAY_URL  = var.gateway_url
      USER_POOL_ID = var.user_pool_id
      CLIENT_ID    = var.client_id
      TOOL         = var.tool
      ARGUMENTS    = jsonencode(var.arguments)
    }
  }
}

# A file's content is read when the plan is made, and this file is written by the apply: its reading waits for the call.
output "answer" {
  value = terraform_data.call.id == "" ? "" : file(local.answer)
}
