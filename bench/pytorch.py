"""The training step of this package in PyTorch, compiled: the peer that `bench/pytorch.ts` times by turns with our own step.

It reads the batch and the starting parameters that `bench/pytorch.ts` wrote (safetensors), and one line of standard input a turn,
the number of steps; it answers with one line of JSON: milliseconds a step of each variant, and the losses of its first steps.
Needs PyTorch, safetensors and numpy, outside of this project: pip install torch safetensors numpy. Last run with torch 2.15.0.
"""
import json
import math
import sys
import time

import torch
from safetensors.torch import load_file
from torch.nn import functional as F

torch.set_num_threads(1)
path = sys.argv[1]
given = load_file(path)
with open(f"{path}.json") as file:
    sizes = json.load(file)
D, L, H = (sizes[name] for name in ("width", "layers", "heads"))
tokens, rows, targets, weights = (given[name] for name in ("tokens", "rows", "targets", "weights"))
B, T = tokens.shape
causal = torch.ones(T, T, dtype=torch.bool).tril()


def norm(x):
    return x * torch.rsqrt(x.square().mean(-1, keepdim=True) + 1e-5)


def by_products(q, k, v):
    logits = q @ k.transpose(-1, -2) / math.sqrt(D // H)
    return torch.softmax(logits.masked_fill(~causal, float("-inf")), -1) @ v


def built_in(q, k, v):
    return F.scaled_dot_product_attention(q, k, v, is_causal=True)


def loss_of(p, attention):
    x = p["embed.token"][tokens] + p["embed.position"][:T]
    for layer in range(L):
        n = norm(x)
        wide = n @ torch.cat([p[f"{layer}.{name}"] for name in ("query", "key", "value")], 1)
        q, k, v = (part.view(B, T, H, D // H).transpose(1, 2) for part in wide.split(D, -1))
        attended = attention(q, k, v).transpose(1, 2).reshape(B, T, D)
        if layer == L - 1:  # Only the rows that carry a loss go on, as in the package.
            x, attended = x.reshape(B * T, D)[rows], attended.reshape(B * T, D)[rows]
        x = x + attended @ p[f"{layer}.out"]
        x = x + torch.relu(norm(x) @ p[f"{layer}.up"]) @ p[f"{layer}.down"]
    logits = norm(x) @ p["unembed"]
    return (F.cross_entropy(logits, targets, reduction="none") * weights).sum()


class Variant:
    """A step whose loss is compiled, with the update compiled, too, or PyTorch's own fused AdamW behind it."""

    def __init__(self, attention, compiled_update):
        self.p = {name: given[f"p.{name}"].clone().requires_grad_() for name in sizes["names"]}
        self.losses = []
        parameters = list(self.p.values())
        options = dict(lr=sizes["rate"], betas=(sizes["beta1"], sizes["beta2"]), weight_decay=sizes["weightDecay"])
        self.optimizer = torch.optim.AdamW(parameters, fused=not compiled_update, **options)
        loss = torch.compile(lambda: loss_of(self.p, attention))

        def update():
            torch.nn.utils.clip_grad_norm_(parameters, sizes["clip"])
            self.optimizer.step()

        update = torch.compile(update) if compiled_update else update

        def step():
            value = loss()
            value.backward()
            update()
            self.optimizer.zero_grad(set_to_none=True)
            return value

        self.step = step
        for _ in range(5):
            self.losses.append(step().item())

    def time(self, count):
        times = []
        for _ in range(count):
            start = time.perf_counter()
            self.step().item()
            times.append(1000 * (time.perf_counter() - start))
        return sorted(times)[count // 2]


variants = {
    "products": Variant(by_products, False),
    "products, update compiled": Variant(by_products, True),
    "built-in attention": Variant(built_in, False),
    "built-in attention, update compiled": Variant(built_in, True),
}
print(json.dumps({"torch": torch.__version__, "losses": {name: each.losses for name, each in variants.items()}}), flush=True)
for line in sys.stdin:
    print(json.dumps({name: each.time(int(line)) for name, each in variants.items()}), flush=True)
