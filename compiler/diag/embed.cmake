# Writes a file's bytes as a C array: cmake -D INPUT=… -D OUTPUT=… -D NAME=… -P embed.cmake
file(READ ${INPUT} bytes HEX)
string(LENGTH "${bytes}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," items "${bytes}")
string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n" items "${items}")
file(WRITE ${OUTPUT} "#include <stddef.h>\n
extern const size_t ${NAME}_size;
extern const unsigned char ${NAME}[];
const size_t ${NAME}_size = ${size};
const unsigned char ${NAME}[] = {
${items}0x00
};\n")
