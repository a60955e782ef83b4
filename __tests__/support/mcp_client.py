# A session of the official Python MCP client: mcp_client.py URL MODE TARGET [TOKEN]. Prints what it was answered.
import asyncio, json, sys

import mcp
from mcp.client.streamable_http import create_mcp_http_client, streamable_http_client

url, mode, target, *token = sys.argv[1:]
statuses = []


async def note_status(response):
    if response.status_code >= 400:
        statuses.append(response.status_code)


def described(result):
    return {"is_error": result.is_error, "structured_content": result.structured_content}


async def unknown_tool(client):
    try:
        return described(await client.call_tool("nothing", {}))
    except mcp.MCPError as error:
        return error.args[:2]


async def main():
    http = create_mcp_http_client(headers={"Authorization": f"Bearer {token[0]}"} if token else {})
    http.event_hooks = {"request": [], "response": [note_status]}
    async with mcp.Client(streamable_http_client(url, http_client=http), mode=mode) as client:
        tools = (await client.list_tools()).tools
        called = await client.call_tool(f"{target}___greet_user", {"name": "Alice"})
        invalid = await client.call_tool(f"{target}___add_numbers", {"a": 5})
        return {
            "server": client.server_info.name,
            "tools": [tool.name for tool in tools],
            "called": described(called),
            "invalid": {**described(invalid), "text": invalid.content[0].text},
            "unknown": await unknown_tool(client),
        }


def leaves(error):
    """The errors in a group of errors, however deep."""
    return [leaf for inner in error.exceptions for leaf in leaves(inner)] if isinstance(error, BaseExceptionGroup) else [error]


try:
    print(json.dumps(asyncio.run(main())))
except* mcp.MCPError as errors:
    print(json.dumps({"statuses": statuses, "refused": [str(error) for error in leaves(errors)]}))
