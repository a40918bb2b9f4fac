#compdef atlas
# Completion of atlas for zsh. It asks atlas itself.
_atlas() {
    local -a lines plain described
    local line directive word
    lines=("${(@f)$("${words[1]}" __complete "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    directive=${lines[-1]#:}
    for line in "${(@)lines[1,-2]}"; do
        word=${line%%$'\t'*}
        plain+=("$word")
        if [[ $line == *$'\t'* ]]; then
            described+=("$word  -- ${line#*$'\t'}")
        else
            described+=("$word")
        fi
    done
    if (( ${#plain} )); then
        if [[ $directive == (2|6) ]]; then
            compadd -S '' -l -d described -a plain
        else
            compadd -l -d described -a plain
        fi
    fi
    if [[ $directive == (0|2) ]]; then
        _files
    fi
}
if [[ $funcstack[1] == _atlas ]]; then
    _atlas "$@"
else
    compdef _atlas atlas
fi
