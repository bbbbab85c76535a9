# Writes a file's bytes as a C array: cmake -D INPUT=… -D OUTPUT=… -D NAME=… -P embed.cmake
file(READ ${INPUT} bytes HEX)
string(LENGTH "${bytes}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," items "${bytes}")
string(REPEAT "0x..," 16 line)
string(REGEX REPLACE "(${line})" "\\1\n" items "${items}")
file(WRITE ${OUTPUT} "#include \"emit/emit.h\"\nconst size_t ${NAME}_size = ${size};\n"
  "const unsigned char ${NAME}[] = {\n${items}0x00\n};\n")
