"""The main job in six steps on the embedded defaults: each command is shown, each claim is checked."""
