"""The main job in five steps on the embedded defaults: each command is shown, each claim is checked."""
