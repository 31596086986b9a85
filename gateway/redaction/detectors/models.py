"""Language models and machine learning: Anthropic, OpenAI, Hugging Face, Groq, Replicate and others. Pure data."""

from __future__ import annotations

from gateway.redaction.detector import named_rows, rows

DETECTORS = rows(
    """
anthropic-key ; sk-ant-{word:20+} ; sk-ant-{alnum:8} sk-anx-{alnum:8}
openai-key ; sk-(proj|svcacct|admin|None)-{word:20+} sk-{alnum:20+} ; sk-{alnum:12} sk-proj-{alnum:8}
openrouter-key ; sk-or-v1-{hex:64} sk-or-{word:32+} ; sk-or-{alnum:10}
huggingface-token ; hf_{alnum:30+} api_org_{alnum:30+} ; hf_{alnum:12} api_org_{alnum:12}
groq-key ; gsk_{alnum:40+} ; gsk_{alnum:20}
xai-key ; xai-{alnum:60+} ; xai-{alnum:20}
replicate-token ; r8_{alnum:37+} ; r8_{alnum:12} ; mixed
perplexity-key ; pplx-{alnum:40+} ; pplx-{alnum:12}
fireworks-key ; fw_{alnum:20-48} ; fw_{alnum:12} ; mixed
cerebras-key ; csk-{alnum:40+} ; csk-{alnum:12}
nvidia-key ; nvapi-{word:60+} ; nvapi-{word:20}
pinecone-key ; pcsk_{word:40+} ; pcsk_{word:12}
langsmith-key ; lsv2_(pt|sk)_{hex:32}_{hex:10} ; lsv2_pt_{hex:12}
langfuse-key ; sk-lf-{hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; sk-lf-{hex:8}
voyage-key ; pa-{word:40-48} ; pa-{word:20} ; mixed
jina-key ; jina_{word:50+} ; jina_{word:20}
tavily-key ; tvly-{word:24+} ; tvly-{alnum:8}
firecrawl-key ; fc-{hex:32} ; fc-{hex:12}
elevenlabs-key ; sk_{hex:48} ; sk_{hex:30}
wandb-key ; wandb_v1_{word:60+} ; wandb_v1_{word:20}
anyscale-key ; esecret_{alnum:24+} ; esecret_{alnum:8}
friendli-key ; flp_{alnum:46+} ; flp_{alnum:20}
modal-token ; a(k|s)-{alnum:22} ; ak-{alnum:12} ; mixed
mem0-key ; m0-{alnum:40} ; m0-{alnum:20}
dify-key ; app-{alnum:24} dataset-{alnum:24} ; app-{alnum:12} ; mixed
helicone-key ; sk-helicone-{word:20+} pk-helicone-{word:20+} ; sk-helicone-{alnum:6}
"""
)

NAMED = named_rows(
    """
cohere-key ; cohere co_api ; {alnum:40} ; {alnum:36} ; digit
mistral-key ; mistral ; {alnum:32} ; {alnum:30} ; digit
together-key ; together ; {hex:64} ; {hex:60}
deepseek-key ; deepseek ; {hex:32} ; {hex:30}
stability-key ; stability dreamstudio ; {alnum:48} ; {alnum:40} ; digit
assemblyai-key ; assemblyai assembly_ai ; {hex:32} ; {hex:30}
deepgram-project-key ; deepgram ; {hex:40} ; {hex:36}
wandb-legacy-key ; wandb weights_and_biases ; {hex:40} ; {hex:36}
exa-key ; exa ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:12} ; {hex:8}-{hex:4}-{hex:4}-{hex:4}-{hex:10}
serpapi-key ; serpapi serp_api ; {hex:64} ; {hex:60}
privateai-key ; privateai private_ai ; {alnum:32} ; {alnum:30} ; digit
"""
)
