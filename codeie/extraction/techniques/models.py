"""Models that strategies name: found when the strategy is made, asked in their own layout."""

from __future__ import annotations

from dataclasses import replace

from codeie.clients import Client, Settings, chosen_layout, prompt_room, resolve
from codeie.errors import InputError
from codeie.extraction._task import Task
from codeie.prompting import Style, style_named

__all__ = ["asked_of", "found_client", "in_style"]


def found_client(model: str | Client) -> Client:
    """The client of a model.

    Raises:
        UnknownModel: If no client takes its name.
        InputError: If it is neither a name nor a client.
    """
    if not isinstance(model, str | Client):
        raise InputError(f"a model is a name or a client, got {model!r:.80}")
    return resolve(model)


def asked_of(task: Task, client: Client) -> Task:
    """The task, asked of another model, in the layout that this one does best."""
    style = style_named(task.style, task.layout)
    layout = chosen_layout("auto", client.capabilities.layouts, style, client.name)
    settings = task.settings if task.settings is not None else Settings()
    room = prompt_room(client.capabilities.context, settings)
    return replace(task, client=client, layout=layout, room=room)


def in_style(task: Task, style: str | Style) -> Task:
    """The task, asked in another style; in another layout too if the style has not this one."""
    layouts = style_named(style, task.layout).layouts
    layout = task.layout if task.layout in layouts else layouts[0]
    return replace(task, style=style, layout=layout)
