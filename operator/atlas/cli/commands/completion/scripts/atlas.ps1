# Completion of atlas for PowerShell. It asks atlas itself.
Register-ArgumentCompleter -Native -CommandName atlas -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = @($commandAst.CommandElements |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
        Select-Object -Skip 1 |
        ForEach-Object { if ($null -ne $_.Value) { "$($_.Value)" } else { $_.Extent.Text } })
    $program = $commandAst.CommandElements[0].Extent.Text
    # An empty last word would be lost on its way to a program: '""' is one that arrives as empty.
    $partial = if ($wordToComplete) { $wordToComplete } elseif ($PSVersionTable.PSVersion.Major -ge 7) { '' } else { '""' }
    $lines = @(& $program __complete @typed $partial 2>$null)
    if ($lines.Count -lt 2) { return }
    foreach ($line in $lines[0..($lines.Count - 2)]) {
        $word, $text = $line -split "`t", 2
        if (-not $text) { $text = $word }
        $quoted = if ($word -match '[\s{}"$]') { "'" + $word + "'" } else { $word }
        [System.Management.Automation.CompletionResult]::new($quoted, $word, 'ParameterValue', $text)
    }
}
