# libtorch as the targets TORCH_LIBRARIES and TORCH_INCLUDE_DIRS: Debian's, or that of MNERVA_TORCH, a folder with include/
# and lib/ as it is inside PyPI's `torch` or the official archive.
set(MNERVA_TORCH "" CACHE PATH "The folder of another libtorch than the system's: Python's torch package, or libtorch/")

if(NOT MNERVA_TORCH)
  set(CMAKE_FIND_PACKAGE_SORT_ORDER NATURAL)
  find_package(Torch REQUIRED)
  # Debian's TorchConfig asks for C++14 and appends flags that are ours to choose.
  string(REGEX REPLACE "-std=[a-z+0-9]+" "" TORCH_CXX_FLAGS "${TORCH_CXX_FLAGS}")
  set(MNERVA_TORCH_VERSION ${Torch_VERSION})
  return()
endif()

# Not by its TorchConfig: that of a CUDA build asks for nvcc, which who only runs it has no use for, and stops CMake 3.25
# where there is no GPU.
unset(MNERVA_TORCH_VERSION_FILE CACHE)  # of the folder named now, not of one before
unset(MNERVA_TORCH_ALL CACHE)
find_file(MNERVA_TORCH_VERSION_FILE NO_DEFAULT_PATH NAMES torch/headeronly/version.h torch/csrc/api/include/torch/version.h
  PATHS ${MNERVA_TORCH}/include)
find_library(MNERVA_TORCH_ALL torch NO_DEFAULT_PATH PATHS ${MNERVA_TORCH}/lib)
if(NOT MNERVA_TORCH_VERSION_FILE OR NOT MNERVA_TORCH_ALL)
  message(FATAL_ERROR "No libtorch in ${MNERVA_TORCH}: include/torch/headeronly/version.h and lib/libtorch.so are wanted")
endif()
file(STRINGS ${MNERVA_TORCH_VERSION_FILE} lines REGEX "#define TORCH_VERSION_(MAJOR|MINOR|PATCH) ")
string(REGEX REPLACE "[^0-9;]" "" MNERVA_TORCH_VERSION "${lines}")
list(JOIN MNERVA_TORCH_VERSION "." MNERVA_TORCH_VERSION)
set(MNERVA_TORCH_VERSION ${MNERVA_TORCH_VERSION} CACHE INTERNAL "What bundle-engine.sh writes into the bundle")

# Its include folder holds other people's headers too (another fmt, another oneDNN than those we link): only its own are shown.
set(view ${CMAKE_BINARY_DIR}/torch-include)
file(MAKE_DIRECTORY ${view})
foreach(part ATen c10 caffe2 torch)
  file(REMOVE ${view}/${part})
  file(CREATE_LINK ${MNERVA_TORCH}/include/${part} ${view}/${part} SYMBOLIC)
endforeach()
set(TORCH_INCLUDE_DIRS ${view} ${view}/torch/csrc/api/include)

# libtorch.so holds nothing and pulls in what the package was built for, the CUDA half too: it is named although no symbol
# of it is used. What the shared libraries themselves lack is not ours to find: they bring their own search paths.
add_library(mnerva_torch INTERFACE)
target_link_options(mnerva_torch INTERFACE -Wl,--allow-shlib-undefined)
target_link_libraries(mnerva_torch INTERFACE -Wl,--push-state,--no-as-needed ${MNERVA_TORCH_ALL}
  ${MNERVA_TORCH}/lib/libtorch_cpu.so ${MNERVA_TORCH}/lib/libc10.so -Wl,--pop-state)
set(TORCH_LIBRARIES mnerva_torch)
set(TORCH_INSTALL_PREFIX ${MNERVA_TORCH})
message(STATUS "libtorch ${MNERVA_TORCH_VERSION} of ${MNERVA_TORCH}")
