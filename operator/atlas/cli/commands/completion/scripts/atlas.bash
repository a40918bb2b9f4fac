# Completion of atlas for bash. It asks atlas itself, with the line as it is: bash cuts words at ':' and '='.
__atlas_complete() {
    local out line directive
    COMPREPLY=()
    out=$("${COMP_WORDS[0]}" __complete --line "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null) || return
    directive=${out##*:}
    while IFS= read -r line; do
        COMPREPLY+=("${line%%$'\t'*}")
    done <<<"${out%:*}"
    unset 'COMPREPLY[${#COMPREPLY[@]}-1]' # the line that the directive stood on
    case $directive in
        2 | 6) compopt -o nospace 2>/dev/null ;;
    esac
    case $directive in
        4 | 6) compopt +o default 2>/dev/null ;;
    esac
    local index word
    for index in "${!COMPREPLY[@]}"; do
        word=${COMPREPLY[index]}
        case $word in
            *[[:space:]\{\}\"\'\$\&\;\(\)\<\>\|]*) COMPREPLY[index]=$(printf '%q' "$word") ;;
        esac
    done
}
complete -o default -F __atlas_complete atlas
