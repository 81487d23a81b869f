" Colours of HeTu schemas for Vim, and for Neovim before 0.9: later ones take them from the language server.
if exists("b:current_syntax")
  finish
endif

syntax keyword hetuDeclaration namespace component struct enum error event session system endpoint
syntax keyword hetuClause uses calls rejects emits
syntax keyword hetuType bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 timestamp string bytes
syntax keyword hetuConstant true false now
syntax keyword hetuContext ctx
syntax match hetuName "\<\h\w*\ze\s*?\?\s*:"
syntax match hetuAttribute "@\h\w*"
syntax match hetuNumber "\<0x\x[0-9a-fA-F_]*\>\|\<\d[0-9_]*\(\.\d\+\)\?\([eE][-+]\?\d\+\)\?\(ms\|s\|m\|h\|d\)\?\>"
syntax region hetuString start=+"+ skip=+\\.+ end=+"+ oneline
syntax match hetuComment "//.*$" contains=@Spell
syntax match hetuDocumentation "/\@1<!///\%(/\)\@!.*$" contains=@Spell
syntax region hetuComment start="/\*" end="\*/" contains=@Spell

highlight default link hetuDeclaration Keyword
highlight default link hetuClause Keyword
highlight default link hetuType Type
highlight default link hetuConstant Constant
highlight default link hetuContext Identifier
highlight default link hetuName Identifier
highlight default link hetuAttribute PreProc
highlight default link hetuNumber Number
highlight default link hetuString String
highlight default link hetuComment Comment
highlight default link hetuDocumentation SpecialComment

let b:current_syntax = "hetu"
