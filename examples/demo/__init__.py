"""The main job in four steps on the embedded defaults: each command is shown, each claim is checked."""
