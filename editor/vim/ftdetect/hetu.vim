autocmd BufNewFile,BufRead *.hetu setfiletype hetu
