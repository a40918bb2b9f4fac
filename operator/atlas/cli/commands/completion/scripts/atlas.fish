# Completion of atlas for fish. It asks atlas itself.
function __atlas_complete
    set -l typed (commandline --current-process --tokenize --cut-at-cursor)
    set -l partial (commandline --current-token --cut-at-cursor)
    set -l lines ($typed[1] __complete $typed[2..-1] "$partial" 2>/dev/null)
    test (count $lines) -gt 0; or return
    set -l directive (string sub --start 2 -- $lines[-1])
    if test (count $lines) -gt 1
        printf '%s\n' $lines[1..-2]
    end
    if contains -- $directive 0 2
        __fish_complete_path "$partial"
    end
end
complete --command atlas --no-files --arguments '(__atlas_complete)'
