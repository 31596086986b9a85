"""Every name of OpenTelemetry that we use, pinned in one place. Pure data.

GenAI and MCP: open-telemetry/semantic-conventions-genai (status Development, as of November 2026), which replaced
`gen_ai.system` by `gen_ai.provider.name` and counts what was read from and written to a cache into
`gen_ai.usage.input_tokens`. Guardrails have no names there yet (`run_guardrail` spans and `gen_ai.security.*` are
proposed in its pull request 427, open since August 2026), so ours are our own.
"""

from __future__ import annotations

SCOPE = "agent-strace"

# resource
SERVICE_NAME = "service.name"
SERVICE_VERSION = "service.version"
HOST_NAME = "host.name"
PROCESS_OWNER = "process.owner"
PROCESS_WORKING_DIRECTORY = "process.working_directory"
VCS_BRANCH = "vcs.ref.head.name"
VCS_REVISION = "vcs.ref.head.revision"

# generative AI
OPERATION = "gen_ai.operation.name"
INVOKE_AGENT = "invoke_agent"
EXECUTE_TOOL = "execute_tool"
CHAT = "chat"
PROVIDER = "gen_ai.provider.name"
AGENT_NAME = "gen_ai.agent.name"
AGENT_VERSION = "gen_ai.agent.version"
AGENT_ID = "gen_ai.agent.id"
CONVERSATION = "gen_ai.conversation.id"
REQUEST_MODEL = "gen_ai.request.model"
RESPONSE_MODEL = "gen_ai.response.model"
RESPONSE_ID = "gen_ai.response.id"
FINISH_REASONS = "gen_ai.response.finish_reasons"
INPUT_TOKENS = "gen_ai.usage.input_tokens"
OUTPUT_TOKENS = "gen_ai.usage.output_tokens"
CACHE_READ_TOKENS = "gen_ai.usage.cache_read.input_tokens"
CACHE_CREATION_TOKENS = "gen_ai.usage.cache_creation.input_tokens"
TOOL_NAME = "gen_ai.tool.name"
TOOL_TYPE = "gen_ai.tool.type"
TOOL_FUNCTION = "function"
TOOL_EXTENSION = "extension"
TOOL_CALL_ID = "gen_ai.tool.call.id"
TOOL_ARGUMENTS = "gen_ai.tool.call.arguments"
TOOL_RESULT = "gen_ai.tool.call.result"

# Model Context Protocol
MCP_METHOD = "mcp.method.name"
MCP_TOOLS_CALL = "tools/call"
MCP_RESOURCE = "mcp.resource.uri"
JSONRPC_ID = "jsonrpc.request.id"

# errors
ERROR_TYPE = "error.type"
TOOL_ERROR = "tool_error"
DENIED = "denied"
REJECTED = "rejected"
EXCEPTION = "exception"
EXCEPTION_TYPE = "exception.type"
EXCEPTION_MESSAGE = "exception.message"

# ours
VERDICT = "agent_strace.verdict"
OUTCOME = "agent_strace.outcome"
WOULD_HAVE = "agent_strace.verdict.shadow"
RULE = "agent_strace.rule.id"
RULE_SOURCE = "agent_strace.rule.source"
REASON = "agent_strace.reason"
POLICY_REVISION = "agent_strace.policy.revision"
SENSITIVE = "agent_strace.sensitive_files"
EVENT_ID = "agent_strace.event.id"
UNFINISHED = "agent_strace.unfinished"
COMMAND = "agent_strace.command"
TOOL_CALLS = "agent_strace.tool_calls"
LLM_REQUESTS = "agent_strace.llm_requests"
ERRORS = "agent_strace.errors"
DENIED_CALLS = "agent_strace.denied_calls"
PARENT_SESSION = "agent_strace.parent_session"
TEXT = "agent_strace.text"
PROMPT = "prompt"
RESPONSE_TEXT = "text"

PROVIDERS = {
    "claude": "anthropic",
    "codex": "openai",
    "gpt": "openai",
    "o3": "openai",
    "o4": "openai",
    "gemini": "gcp.gemini",
    "copilot": "github.copilot",
    "mistral": "mistral_ai",
    "deepseek": "deepseek",
    "grok": "x_ai",
}
"""Start of an agent's or model's name -> its provider."""

# Span kinds and status codes (opentelemetry/proto/trace/v1/trace.proto).
INTERNAL = 1
CLIENT = 3
UNSET = 0
ERROR = 2
