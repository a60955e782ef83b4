"""An MCP server as FastMCP's are: stateful, answering by events, on the port that it has whatever it is told.

python3 stateful-server.py PORT
"""

import json
import sys
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SESSIONS = {}
GREET = {
    "name": "greet",
    "description": "Greet somebody, and count",
    "inputSchema": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
}


class Mcp(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path != "/mcp":
            return self.refuse(404, "no such path")
        session = self.headers.get("mcp-session-id")
        if message["method"] == "initialize":
            session = uuid.uuid4().hex
            SESSIONS[session] = 0
        elif session is None:
            return self.refuse(400, "Missing session ID")
        elif session not in SESSIONS:
            return self.refuse(404, "Session not found")
        if "id" not in message:
            return self.answer(202, b"", {})
        event = {"jsonrpc": "2.0", "id": message["id"], "result": self.result(message, session)}
        body = f"event: message\r\ndata: {json.dumps(event)}\r\n\r\n".encode()
        self.answer(200, body, {"content-type": "text/event-stream", "mcp-session-id": session})

    def do_GET(self):
        self.refuse(405, "no stream")

    def do_DELETE(self):
        SESSIONS.pop(self.headers.get("mcp-session-id"), None)
        self.answer(200, b"", {})

    def result(self, message, session):
        method, params = message["method"], message.get("params", {})
        if method == "initialize":
            info = {"name": "stateful-python", "version": "1.0.0"}
            return {"protocolVersion": params["protocolVersion"], "capabilities": {"tools": {}}, "serverInfo": info}
        if method == "tools/list":
            return {"tools": [GREET]}
        if method != "tools/call":
            return {}
        SESSIONS[session] += 1
        text = f"Hello, {params['arguments']['name']}! This is call {SESSIONS[session]} of the session."
        return {"content": [{"type": "text", "text": text}], "isError": False}

    def refuse(self, status, message):
        error = {"jsonrpc": "2.0", "id": "server-error", "error": {"code": -32600, "message": message}}
        self.answer(status, json.dumps(error).encode(), {"content-type": "application/json"})

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in {**headers, "content-length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("0.0.0.0", int(sys.argv[1])), Mcp).serve_forever()
